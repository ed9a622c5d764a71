using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Routes;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Writes an HTTP API in OpenAPI 3.0, so that importing it makes the same one. Without extensions there is no place for routes to any
/// method.
/// </summary>
internal sealed class HttpApiExport(Api api, ApiParts parts, string endpoint, string? stageName, bool extensions)
{
    private const string Head = "x-amazon-apigateway-";
    private const string SharedIntegrations = Head + "integrations";

    private readonly ArrayBufferWriter<byte> _buffer = new();

    // Integrations that several routes have stand in the components.
    private readonly HashSet<string> _shared =
    [
        .. parts.Routes.Where(static route => route.Target is not null).GroupBy(static route => route.Target!)
            .Where(static routes => routes.Skip(1).Any()).Select(static routes => IdOf(routes.Key)),
    ];

    public byte[] Write()
    {
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(_buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.0.1");
            WriteInfo(json);
            WriteServers(json);
            WriteTags(json);
            json.WriteStartObject("paths");
            foreach (var path in parts.Routes.GroupBy(PathOf).OrderBy(static path => path.Key, StringComparer.Ordinal))
            {
                WritePath(json, path.Key, path);
            }

            json.WriteEndObject();
            WriteComponents(json);
            if (extensions)
            {
                WriteCors(json);
                json.WriteString(Head + "importexport-version", "1.0");
            }

            json.WriteEndObject();
        }

        return _buffer.WrittenSpan.ToArray();
    }

    private static string IdOf(string target) => target[(target.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string PathOf(Route route) =>
        route.RouteKey == RouteKey.Default
            ? HttpRouteImport.DefaultPath
            : route.RouteKey[(route.RouteKey.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("info");
        json.WriteString("title", api.Name);
        JsonWriting.Optional(json, "description", api.Description);
        json.WriteString(
            "version",
            api.Version ?? (api.CreatedDate ?? default).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'UTC'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private void WriteServers(Utf8JsonWriter json)
    {
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", endpoint + "/{basePath}");
        json.WriteStartObject("variables");
        json.WriteStartObject("basePath");
        json.WriteString("default", stageName is null or RouteKey.Default ? "" : stageName);
        json.WriteEndObject();
        json.WriteEndObject();
        if (extensions && api.DisableExecuteApiEndpoint == true)
        {
            json.WriteStartObject(Head + "endpoint-configuration");
            json.WriteBoolean("disableExecuteApiEndpoint", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteTags(Utf8JsonWriter json)
    {
        if (api.Tags is not { Count: > 0 } tags)
        {
            return;
        }

        json.WriteStartArray("tags");
        foreach (var (name, value) in tags)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            if (extensions)
            {
                json.WriteString(Head + "tag-value", value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePath(Utf8JsonWriter json, string path, IEnumerable<Route> routes)
    {
        json.WriteStartObject(path);
        foreach (var route in routes.OrderBy(static route => route.RouteKey, StringComparer.Ordinal))
        {
            var method = route.RouteKey == RouteKey.Default
                ? "ANY"
                : route.RouteKey[..route.RouteKey.IndexOf(' ', StringComparison.Ordinal)];
            if (method != "ANY" || extensions)
            {
                WriteOperation(json, method == "ANY" ? HttpRouteImport.AnyMethod : method.ToLowerInvariant(), route);
            }
        }

        var variables = path.Split('/').Where(RouteKey.IsVariable).ToList();
        if (variables.Count > 0)
        {
            json.WriteStartArray("parameters");
            foreach (var variable in variables)
            {
                var name = variable[1..^1];
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("in", "path");
                json.WriteString("description", "Generated path parameter for " + name);
                json.WriteBoolean("required", true);
                json.WriteStartObject("schema");
                json.WriteString("type", "string");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteOperation(Utf8JsonWriter json, string name, Route route)
    {
        json.WriteStartObject(name);
        JsonWriting.Optional(json, "operationId", route.OperationName);
        json.WriteStartObject("responses");
        json.WriteStartObject("default");
        json.WriteString("description", "Default response for " + route.RouteKey);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSecurity(json, route);
        if (extensions)
        {
            if (route.RouteKey == RouteKey.Default)
            {
                json.WriteBoolean("isDefaultRoute", true);
            }

            WriteTarget(json, route);
        }

        json.WriteEndObject();
    }

    private void WriteSecurity(Utf8JsonWriter json, Route route)
    {
        if (parts.Authorizers.Find(authorizer => authorizer.AuthorizerId == route.AuthorizerId) is { } authorizer)
        {
            json.WriteStartArray("security");
            json.WriteStartObject();
            JsonWriting.List(json, authorizer.Name, route.AuthorizationScopes ?? []);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else if (extensions && route.AuthorizationType == AuthorizationType.AwsIam)
        {
            json.WriteStartObject(Head + "auth");
            json.WriteString("type", AuthorizationType.AwsIam);
            json.WriteEndObject();
        }
    }

    private void WriteTarget(Utf8JsonWriter json, Route route)
    {
        if (route.Target is null || parts.Integrations.Find(found => found.IntegrationId == IdOf(route.Target)) is not { } integration)
        {
            return;
        }

        if (_shared.Contains(integration.IntegrationId!))
        {
            json.WriteStartObject(Head + "integration");
            json.WriteString("$ref", $"#/components/{SharedIntegrations}/{integration.IntegrationId}");
            json.WriteEndObject();
        }
        else
        {
            HttpIntegrationExport.Write(json, Head + "integration", integration);
        }
    }

    private void WriteComponents(Utf8JsonWriter json)
    {
        var shared = extensions ? parts.Integrations.Where(integration => _shared.Contains(integration.IntegrationId!)).ToList() : [];
        if (shared.Count == 0 && parts.Authorizers.Count == 0)
        {
            return;
        }

        json.WriteStartObject("components");
        if (parts.Authorizers.Count > 0)
        {
            json.WriteStartObject("securitySchemes");
            foreach (var authorizer in parts.Authorizers)
            {
                HttpSecurityExport.Write(json, authorizer, extensions);
            }

            json.WriteEndObject();
        }

        if (shared.Count > 0)
        {
            json.WriteStartObject(SharedIntegrations);
            foreach (var integration in shared)
            {
                HttpIntegrationExport.Write(json, integration.IntegrationId!, integration);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteCors(Utf8JsonWriter json)
    {
        if (api.CorsConfiguration is not { } cors)
        {
            return;
        }

        json.WriteStartObject(Head + "cors");
        JsonWriting.Optional(json, "allowMethods", cors.AllowMethods);
        JsonWriting.Optional(json, "allowHeaders", cors.AllowHeaders);
        JsonWriting.Optional(json, "exposeHeaders", cors.ExposeHeaders);
        JsonWriting.Optional(json, "allowOrigins", cors.AllowOrigins);
        JsonWriting.Optional(json, "maxAge", cors.MaxAge);
        if (cors.AllowCredentials is { } credentials)
        {
            json.WriteBoolean("allowCredentials", credentials);
        }

        json.WriteEndObject();
    }
}
