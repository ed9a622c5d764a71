using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Makes an HTTP API of a description in OpenAPI. It has no stage yet.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html"/>
/// </summary>
internal sealed class ImportApi(ApiTable apis, HttpApiImport import, IIdSource ids) : IHandler<ImportApiRequest, Api>
{
    public async ValueTask<Outcome<Api>> HandleAsync(ImportApiRequest input, CallContext context, CancellationToken cancel)
    {
        // Reading takes long: not under the partition's latch.
        var imported = await import.ReadAsync(input.Body, input.Basepath, input.FailOnWarnings, existing: new ApiParts(), cancel);
        if (CreateApi.WrongId(imported.Tags) is { } wrong)
        {
            return ApiGatewayV2Errors.BadRequestException.With(wrong);
        }

        var created = await apis.Partition.UpdateAsync((imported, context, ids), static (current, batch, state) =>
        {
            var (imported, context, ids) = state;
            var id = CreateApi.CustomId(imported.Tags) ?? ids.NewString(10, RandomIdSource.LowerAlphanumeric);
            if (ApiTable.Find(current, id) is not null)
            {
                return (Outcome<Api>)ApiGatewayV2Errors.ConflictException.With($"An API with the id {id} already exists.");
            }

            var api = PutImportedApi.Describe(id, imported, context.Time, before: null);
            batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Regions, context.Account.Value, context.Region.Name, id), []);
            var record = new ApiRecord(context.Account.Value, context.Region.Name, api);
            PutImportedApi.Into(batch, record, imported, before: new ApiParts(), context.Time, ids);
            return api;
        });
        return created.Succeeded ? PutImportedApi.View(created.Value, imported, context) : created.Error;
    }
}
