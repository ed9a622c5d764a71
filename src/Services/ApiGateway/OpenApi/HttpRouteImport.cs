using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.ApiGateway.Routes;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Makes routes of paths and their operations. A catch-all operation is <c>x-amazon-apigateway-any-method</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html"/>
/// </summary>
internal sealed class HttpRouteImport(
    OpenApiDocument document, ImportedHttpApi api, ApiParts existing, HttpSecurityImport security, HttpIntegrationImport integrations,
    IIdSource ids)
{
    public const string AnyMethod = "x-amazon-apigateway-any-method";
    public const string DefaultPath = "/$default";

    /// <summary><see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"/></summary>
    private const int MostRoutes = 300;

    private static readonly string[] s_methods = ["delete", "get", "head", "options", "patch", "post", "put"];

    /// <param name="prefix">What all paths begin with.</param>
    public void Run(string prefix)
    {
        foreach (var (path, given) in document.Root.Members("paths"))
        {
            if (path.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            var item = document.Resolve(given);
            foreach (var (name, operation) in ((JsonElement?)item).Members())
            {
                if (s_methods.Contains(name) || name == AnyMethod)
                {
                    Add(Key(prefix, path, name, operation), operation);
                }
                else if (name == "trace")
                {
                    ImportedHttpApi.Note(api.Warnings, $"Ignoring method 'trace' at path '{path}': routes do not have it");
                }
            }
        }
    }

    private static string Key(string prefix, string path, string method, JsonElement operation)
    {
        if (path is DefaultPath or RouteKey.Default || (method == AnyMethod && operation.Flag("isDefaultRoute")))
        {
            return RouteKey.Default;
        }

        var whole = prefix.Length > 0 && path == "/" ? prefix : prefix + path;
        return $"{(method == AnyMethod ? "ANY" : method.ToUpperInvariant())} {whole}";
    }

    private void Add(string key, JsonElement operation)
    {
        if (api.Parts.Routes.Count >= MostRoutes)
        {
            throw ApiGatewayV2Errors.TooManyRequestsException.With("Maximum number of Routes for this API has been reached.").ToException();
        }

        var guard = security.Guard(operation, key);
        var route = new Route
        {
            ApiKeyRequired = false,
            AuthorizationScopes = guard.Scopes,
            AuthorizationType = guard.Type,
            AuthorizerId = guard.AuthorizerId,
            OperationName = operation.Text("operationId"),
            RouteId = existing.Routes.Find(route => route.RouteKey == key)?.RouteId ?? ids.NewString(7, RandomIdSource.LowerAlphanumeric),
            RouteKey = key,
            Target = integrations.Target(operation, key),
        };
        if (RouteRules.Refusal(route, ProtocolType.Http, api.Parts) is { } refused)
        {
            ImportedHttpApi.Note(api.Errors, $"Unable to create route '{key}': {refused.Message}");
        }
        else
        {
            api.Parts.Routes.Add(route);
        }
    }
}
