using Haneul.ApiGateway.Contracts.V2;
using Haneul.Storage;

namespace Haneul.ApiGateway.Stages;

/// <summary>Writes a stage.</summary>
internal static class PutStage
{
    public static void Into(Batch batch, string apiId, Stage stage) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, apiId, stage.StageName), StoredJson.Encode(stage, ApiGatewayRecords.Default.Stage));
}
