using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Tags;

/// <summary>The API or stage that an ARN names, for reading and changing its tags.</summary>
internal static class TagTarget
{
    public static IReadOnlyDictionary<string, string> Read(ApiTable apis, string arn, CallContext context)
    {
        var (api, name) = Parse(arn, context);
        var record = ApiTable.Own(apis.Partition, api, context);
        return (name is null ? record.Api.Tags : Stage(apis.Partition, api, name).Tags) ?? new Dictionary<string, string>();
    }

    public static ValueTask<bool> ChangeAsync(ApiTable apis, string arn, CallContext context, Action<Dictionary<string, string>> change)
    {
        var (api, name) = Parse(arn, context);
        return apis.Partition.UpdateAsync((api, name, context, change), static (current, batch, state) =>
        {
            var (api, name, context, change) = state;
            var record = ApiTable.Own(current, api, context);
            if (name is null)
            {
                var changed = record with { Api = ApiView.Copy(record.Api, tags: Changed(record.Api.Tags, change)) };
                batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, api), StoredJson.Encode(changed, ApiGatewayRecords.Default.ApiRecord));
            }
            else
            {
                var stage = Stage(current, api, name);
                PutStage.Into(batch, api, StageRules.Copy(stage, context.Time, tags: Changed(stage.Tags, change)));
            }

            return true;
        });
    }

    private static Stage Stage(IPartitionReader reader, string api, string name) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, api, name), ApiGatewayRecords.Default.Stage) ?? throw StageRules.Missing();

    private static (string Api, string? Stage) Parse(string arn, CallContext context) => ApiArn.Parse(arn, context)
        ?? throw ApiGatewayV2Errors.NotFoundException.With($"Invalid resource identifier specified {arn}").ToException();

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string>? tags, Action<Dictionary<string, string>> change)
    {
        var changed = tags is null ? new Dictionary<string, string>() : new Dictionary<string, string>(tags);
        change(changed);
        return changed.Count <= 50
            ? changed
            : throw ApiGatewayV2Errors.BadRequestException.With("A resource can have at most 50 tags.").ToException();
    }
}
