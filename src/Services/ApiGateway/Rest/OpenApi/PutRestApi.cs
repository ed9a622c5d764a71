using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Apis;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Puts a description in Swagger or OpenAPI into an API: merged with what it has, or instead of it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html"/>
/// </summary>
internal sealed class PutRestApi(RestTable apis, IIdSource ids) : IHandler<PutRestApiInput, RestApi>
{
    public async ValueTask<Outcome<RestApi>> HandleAsync(PutRestApiInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);

        // Reading takes long: not under the partition's latch.
        var imported = OpenApiImport.Read(input.Body ?? default, input.Parameters, input.RestApiId);
        ImportWarnings.Check(imported, input.FailOnWarnings);
        var put = await apis.Partition.UpdateAsync((input, imported, context, ids), static (current, batch, state) =>
        {
            var (input, imported, context, ids) = state;
            var record = RestTable.Own(current, input.RestApiId, context);
            var overwrite = input.Mode == PutMode.Overwrite;
            Merge(record.Api, imported.Api, overwrite);
            RestApiRules.ExpandPolicy(record.Api, context);
            new PutImported(current, batch, record.Api, imported, overwrite, ids).Run(context.Time);
            RestPut.Api(batch, record);
            return (record.Api, imported.Warnings);
        });
        put.Api.Warnings = put.Warnings.Count == 0 ? null : put.Warnings;
        return RestApiView.Of(put.Api, tags: true);
    }

    // An API keeps its kind of endpoint and its tags whatever the mode; the rest is what the description says, and in a merge what it had.
    private static void Merge(RestApi api, RestApi described, bool overwrite)
    {
        api.Name = described.Name;
        api.Version = described.Version;
        api.Description = described.Description ?? (overwrite ? null : api.Description);
        api.Policy = described.Policy ?? (overwrite ? null : api.Policy);
        api.MinimumCompressionSize = described.MinimumCompressionSize ?? (overwrite ? null : api.MinimumCompressionSize);
        api.ApiKeySource = described.ApiKeySource ?? (overwrite ? ApiKeySourceType.Header : api.ApiKeySource);
        api.DisableExecuteApiEndpoint = described.DisableExecuteApiEndpoint ?? api.DisableExecuteApiEndpoint;
        api.EndpointConfiguration = described.EndpointConfiguration ?? api.EndpointConfiguration;
        api.Tags = described.Tags ?? api.Tags;
        api.BinaryMediaTypes = overwrite
            ? described.BinaryMediaTypes
            : [.. (api.BinaryMediaTypes ?? []).Concat(described.BinaryMediaTypes ?? []).Distinct(StringComparer.Ordinal)];
        api.BinaryMediaTypes = api.BinaryMediaTypes is { Count: > 0 } types ? types : null;
    }
}
