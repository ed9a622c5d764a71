using System.Text;
using System.Text.Json;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// A description of an API in Swagger 2.0 or OpenAPI 3, JSON or YAML.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis"/>
/// </summary>
internal sealed class OpenApiDocument : IDisposable
{
    /// <summary>Bytes, as AWS takes them.</summary>
    private const int MostSize = 6 * 1024 * 1024;

    private const int MostDepth = 128;

    private readonly JsonDocument _json;

    private OpenApiDocument(JsonDocument json)
    {
        _json = json;
        IsSwagger = json.RootElement.Text("swagger") is not null;
    }

    public JsonElement Root => _json.RootElement;

    /// <summary>Swagger 2.0, not OpenAPI 3.</summary>
    public bool IsSwagger { get; }

    /// <summary>Null if it is neither of them.</summary>
    public static OpenApiDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MostSize)
        {
            throw RestFaults.BadRequest("Invalid OpenAPI input. The maximum size of an API definition is 6 MB.");
        }

        var json = Read(body);
        if (json is null)
        {
            return null;
        }

        var root = json.RootElement;
        var isKnown = root.ValueKind == JsonValueKind.Object
            && (root.Text("swagger") is "2.0" or "2" || root.Text("openapi")?.StartsWith("3.", StringComparison.Ordinal) == true);
        if (isKnown)
        {
            return new OpenApiDocument(json);
        }

        json.Dispose();
        return null;
    }

    /// <summary>What a <c>$ref</c> inside of the document means, or the value itself; a reference to nothing is what it is.</summary>
    public JsonElement Resolve(JsonElement value)
    {
        for (var hops = 0; hops < 16 && value.Text("$ref") is { } reference && reference.StartsWith("#/", StringComparison.Ordinal); hops++)
        {
            var target = Root;
            foreach (var part in reference[2..].Split('/'))
            {
                var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                if (target.Member(name) is not { } next)
                {
                    return value;
                }

                target = next;
            }

            value = target;
        }

        return value;
    }

    /// <summary>The schemas that have names.</summary>
    public JsonElement? Schemas => IsSwagger ? Root.Member("definitions") : Root.Member("components")?.Member("schemas");

    public JsonElement? SecuritySchemes => IsSwagger ? Root.Member("securityDefinitions") : Root.Member("components")?.Member("securitySchemes");

    /// <summary>The path that all paths begin with: that of the first server in OpenAPI 3. Without a slash at its end; may be empty.</summary>
    public string BasePath
    {
        get
        {
            var path = IsSwagger ? Root.Text("basePath") ?? "" : ServerPath();
            path = path.TrimEnd('/');
            return path.Length == 0 || path.StartsWith('/') ? path : "/" + path;
        }
    }

    public void Dispose() => _json.Dispose();

    private string ServerPath()
    {
        if (Root.Items("servers") is not [var server, ..] || server.Text("url") is not { } url)
        {
            return "";
        }

        foreach (var (name, variable) in server.Member("variables").Members())
        {
            url = url.Replace($"{{{name}}}", variable.Text("default")?.TrimStart('/') ?? "", StringComparison.Ordinal);
        }

        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var slash = url.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "" : url[slash..];
    }

    private static JsonDocument? Read(ReadOnlyMemory<byte> body)
    {
        var options = new JsonDocumentOptions { MaxDepth = MostDepth, CommentHandling = JsonCommentHandling.Skip };
        var text = body.Span.TrimStart(" \t\r\n\uFEFF"u8);
        try
        {
            return text.Length > 0 && text[0] == '{'
                ? JsonDocument.Parse(body, options)
                : JsonDocument.Parse(YamlReader.ToJson(Encoding.UTF8.GetString(body.Span)), options);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
