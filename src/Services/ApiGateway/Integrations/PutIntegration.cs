using Haneul.Storage;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Writes an integration.</summary>
internal static class PutIntegration
{
    public static void Into(Batch batch, string apiId, ApiIntegration integration) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Integrations, apiId, integration.IntegrationId!),
        StoredJson.Encode(integration, ApiGatewayRecords.Default.Integration));
}
