using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Puts a description in OpenAPI in the place of an HTTP API: of its facts, routes, integrations and authorizers. Stages that deploy by
/// themselves follow.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html"/>
/// </summary>
internal sealed class ReimportApi(ApiTable apis, HttpApiImport import, IIdSource ids) : IHandler<ReimportApiRequest, Api>
{
    public async ValueTask<Outcome<Api>> HandleAsync(ReimportApiRequest input, CallContext context, CancellationToken cancel)
    {
        ApiParts existing;
        using (var snapshot = apis.Partition.Snapshot())
        {
            CheckProtocol(ApiTable.Own(snapshot, input.ApiId, context));
            existing = ApiParts.Read(snapshot, input.ApiId);
        }

        // Reading takes long: not under the partition's latch.
        var imported = await import.ReadAsync(input.Body, input.Basepath, input.FailOnWarnings, existing, cancel);
        var api = await apis.Partition.UpdateAsync((input.ApiId, imported, context, ids), static (current, batch, state) =>
        {
            var (id, imported, context, ids) = state;
            var record = ApiTable.Own(current, id, context);
            var changed = record with { Api = PutImportedApi.Describe(id, imported, context.Time, record.Api) };
            PutImportedApi.Into(batch, changed, imported, ApiParts.Read(current, id), context.Time, ids);
            return changed.Api;
        });
        return PutImportedApi.View(api, imported, context);
    }

    /// <exception cref="ServiceException">It is no HTTP API.</exception>
    internal static void CheckProtocol(ApiRecord record)
    {
        if (record.Api.ProtocolType != ProtocolType.Http)
        {
            throw HttpApiImport.Bad("OpenAPI definitions are not supported on protocol type WEBSOCKET");
        }
    }
}
