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
        var created = await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;

            // Models refer to each other by the API's id, so it is chosen before the description is read. A tag may choose another.
            var id = Texts.NewId(ids, 10);
            var imported = OpenApiImport.Read(input.Body ?? default, input.Parameters, id);
            var api = imported.Api;
            if (NewRestApi.CustomId(api.Tags) is { } custom)
            {
                imported = OpenApiImport.Read(input.Body ?? default, input.Parameters, custom);
                api = imported.Api;
                id = custom;
            }

            ImportWarnings.Check(imported, input.FailOnWarnings);
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
