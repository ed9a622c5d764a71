using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Routes;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>Writes what was imported, in place of what was there.</summary>
internal static class PutImportedApi
{
    /// <summary>The API as the description has it. What it does not say of tags and of the default endpoint stays.</summary>
    public static Api Describe(string id, ImportedHttpApi imported, DateTimeOffset now, Api? before) => new()
    {
        ApiGatewayManaged = before?.ApiGatewayManaged,
        ApiId = id,
        ApiKeySelectionExpression = "$request.header.x-api-key",
        CorsConfiguration = imported.Cors,
        CreatedDate = before?.CreatedDate ?? now,
        Description = imported.Description,
        DisableExecuteApiEndpoint = imported.DisableExecuteApiEndpoint ?? before?.DisableExecuteApiEndpoint ?? false,
        IpAddressType = before?.IpAddressType ?? IpAddressType.Ipv4,
        Name = imported.Name,
        ProtocolType = ProtocolType.Http,
        RouteSelectionExpression = "$request.method $request.path",
        Tags = imported.Tags ?? before?.Tags,
        Version = imported.Version,
    };

    /// <param name="batch">Gets the writes.</param>
    /// <param name="record">The API as it will be.</param>
    /// <param name="imported">Its new parts.</param>
    /// <param name="before">Its parts so far.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="ids">Gives a deployment its id.</param>
    public static void Into(
        Batch batch, ApiRecord record, ImportedHttpApi imported, ApiParts before, DateTimeOffset now, IIdSource ids)
    {
        var id = record.Api.ApiId!;
        var parts = imported.Parts;
        batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, id), StoredJson.Encode(record, ApiGatewayRecords.Default.ApiRecord));
        Delete(batch, ApiGatewayKeyspace.Routes, id, before.Routes, parts.Routes, static route => route.RouteId!);
        Delete(batch, ApiGatewayKeyspace.Integrations, id, before.Integrations, parts.Integrations, static part => part.IntegrationId!);
        Delete(batch, ApiGatewayKeyspace.Authorizers, id, before.Authorizers, parts.Authorizers, static part => part.AuthorizerId!);
        foreach (var integration in parts.Integrations)
        {
            PutIntegration.Into(batch, id, integration);
        }

        foreach (var authorizer in parts.Authorizers)
        {
            AuthorizerRules.Into(batch, id, authorizer);
        }

        foreach (var route in parts.Routes)
        {
            PutRoute.Into(batch, id, route);
        }

        AutoDeploy.Into(
            batch, id, before with { Routes = parts.Routes, Integrations = parts.Integrations, Authorizers = parts.Authorizers }, now, ids);
    }

    public static Api View(Api api, ImportedHttpApi imported, CallContext context) => ApiView.Of(
        api, context,
        warnings: imported.Warnings.Count == 0 ? null : imported.Warnings,
        importInfo: imported.Info.Count == 0 ? null : imported.Info);

    private static void Delete<T>(Batch batch, byte kind, string apiId, List<T> before, List<T> after, Func<T, string> id)
    {
        var kept = after.Select(id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in before.Select(id).Where(part => !kept.Contains(part)))
        {
            batch.Delete(ApiGatewayKeyspace.Key(kind, apiId, gone));
        }
    }
}
