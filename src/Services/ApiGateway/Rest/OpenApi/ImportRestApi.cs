using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Apis;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Makes an API of a description in Swagger or OpenAPI.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html"/>
/// </summary>
internal sealed class ImportRestApi(RestTable apis, IIdSource ids) : IHandler<ImportRestApiInput, RestApi>
{
    public async ValueTask<Outcome<RestApi>> HandleAsync(ImportRestApiInput input, CallContext context, CancellationToken cancel)
    {
        // Models refer to each other by the API's id, so it is chosen before the description is read. A tag may choose another. Reading takes long,
        // so it is not done under the partition's latch.
        var id = Texts.NewId(ids, 10);
        var imported = OpenApiImport.Read(input.Body ?? default, input.Parameters, id);
        if (NewRestApi.CustomId(imported.Api.Tags) is { } custom)
        {
            id = custom;
            imported = OpenApiImport.Read(input.Body ?? default, input.Parameters, id);
        }

        ImportWarnings.Check(imported, input.FailOnWarnings);
        var created = await apis.Partition.UpdateAsync((id, imported, context, ids), static (current, batch, state) =>
        {
            var (id, imported, context, ids) = state;
            var api = imported.Api;
            api.ApiKeySource ??= ApiKeySourceType.Header;
            api.EndpointConfiguration ??= RestApiRules.Endpoint(given: null);
            api.DisableExecuteApiEndpoint ??= false;
            api.CreatedDate = context.Time;
            NewRestApi.Empty(current, batch, api, id, context, ids);
            new PutImported(current, batch, api, imported, overwrite: true, ids).Run(context.Time);
            return (Api: api, imported.Warnings);
        });
        created.Api.Warnings = created.Warnings.Count == 0 ? null : created.Warnings;
        return RestApiView.Of(created.Api, tags: false);
    }
}
