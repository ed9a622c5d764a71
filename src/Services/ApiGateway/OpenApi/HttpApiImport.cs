using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Reads a description in OpenAPI 3 with API Gateway's extensions as an HTTP API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html"/>
/// </summary>
internal sealed class HttpApiImport(IntegrationRules rules, IssuerKeys keys, IIdSource ids)
{
    private const string Head = "x-amazon-apigateway-";

    /// <summary>Bytes, as AWS takes them.</summary>
    private const int MostSize = 6 * 1024 * 1024;

    // Extensions that say something of REST APIs alone.
    private static readonly string[] s_ofRest =
    [
        "api-key-source", "binary-media-types", "documentation", "gateway-responses", "minimum-compression-size", "policy",
        "request-validator", "request-validators",
    ];

    /// <param name="body">JSON or YAML.</param>
    /// <param name="basepath"><c>ignore</c>, <c>prepend</c> or <c>split</c>; null for <c>ignore</c>.</param>
    /// <param name="failOnWarnings">Whether a warning is an error.</param>
    /// <param name="existing">The API that it replaces: routes and authorizers keep their ids.</param>
    /// <param name="cancel">Ends waiting for issuers of tokens.</param>
    /// <exception cref="ServiceException">A <c>BadRequestException</c> with all that is wrong.</exception>
    public async ValueTask<ImportedHttpApi> ReadAsync(
        string body, string? basepath, bool? failOnWarnings, ApiParts existing, CancellationToken cancel)
    {
        var imported = Read(body, basepath, existing);
        foreach (var authorizer in imported.Parts.Authorizers)
        {
            if (imported.Errors.Count == 0 && await IssuerCheck.RefusalAsync(authorizer, keys, cancel) is { } refused)
            {
                throw refused.ToException();
            }
        }

        if (imported.Errors.Count > 0)
        {
            throw Bad("Errors found during import:" + string.Concat(imported.Errors.Select(static error => "\n\t" + error)));
        }

        return failOnWarnings == true && imported.Warnings.Count > 0
            ? throw Bad("Warnings found during import:" + string.Concat(imported.Warnings.Select(static warning => "\n\t" + warning)))
            : imported;
    }

    public static ServiceException Bad(string message) => ApiGatewayV2Errors.BadRequestException.With(message).ToException();

    private ImportedHttpApi Read(string body, string? basepath, ApiParts existing)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (bytes.Length > MostSize)
        {
            throw Bad("Invalid OpenAPI input. The maximum size of an API definition is 6 MB.");
        }

        using var document = OpenApiDocument.Parse(bytes) ?? throw Bad("Invalid OpenAPI input.");
        var root = document.Root;
        if (document.IsSwagger || !IsKnown(root.Text("openapi")))
        {
            throw Bad("Invalid OpenAPI input. HTTP APIs are imported from OpenAPI 3.0 or 3.1.");
        }

        if (root.Text(Head + "importexport-version") is { } version && version is not ("1.0" or "1"))
        {
            throw Bad($"Invalid {Head}importexport-version specified: {version}. Must be 1.0");
        }

        var prefix = BasePath(document, basepath);
        var imported = ReadApi(root);
        foreach (var extension in s_ofRest.Where(extension => root.Member(Head + extension) is not null))
        {
            ImportedHttpApi.Note(imported.Info, $"Ignoring {Head}{extension}: HTTP APIs do not have it");
        }

        var security = new HttpSecurityImport(document, imported, existing, ids);
        security.Run();
        new HttpRouteImport(document, imported, existing, security, new HttpIntegrationImport(document, imported, rules, ids), ids).Run(prefix);
        return imported;
    }

    private static bool IsKnown(string? version) =>
        version is "3.0" or "3.1" || version?.StartsWith("3.0.", StringComparison.Ordinal) == true
        || version?.StartsWith("3.1.", StringComparison.Ordinal) == true;

    private static ImportedHttpApi ReadApi(JsonElement root)
    {
        var info = root.Member("info");
        if (info.Text("title") is not { Length: > 0 and <= 128 } title)
        {
            throw Bad("Invalid OpenAPI input. The attribute info.title is the API's name: it must be between 1 and 128 characters.");
        }

        var cors = ReadCors(root.Member(Head + "cors"));
        if (CorsRules.Refusal(cors) is { } wrong)
        {
            throw Bad(wrong);
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in root.Items("tags"))
        {
            if (tag.Text("name") is { Length: > 0 } name && tag.Text(Head + "tag-value") is { } value)
            {
                tags[name] = value;
            }
        }

        var endpoint = root.Items("servers").Select(static server => server.Member(Head + "endpoint-configuration"))
            .FirstOrDefault(static found => found is not null) ?? root.Member(Head + "endpoint-configuration");
        return new ImportedHttpApi
        {
            Name = title,
            Description = Texts.NullIfEmpty(info.Text("description")),
            Version = Texts.NullIfEmpty(info.Text("version")),
            Cors = cors,
            DisableExecuteApiEndpoint = endpoint.Member("disableExecuteApiEndpoint") is null ? null : endpoint?.Flag("disableExecuteApiEndpoint"),
            Tags = tags.Count == 0 ? null : tags,
        };
    }

    private static Cors? ReadCors(JsonElement? cors) => cors is not { ValueKind: JsonValueKind.Object } found ? null : new Cors
    {
        AllowCredentials = found.Member("allowCredentials") is null ? null : found.Flag("allowCredentials"),
        AllowHeaders = found.Strings("allowHeaders"),
        AllowMethods = found.Strings("allowMethods"),
        AllowOrigins = found.Strings("allowOrigins"),
        ExposeHeaders = found.Strings("exposeHeaders"),
        MaxAge = found.Number("maxAge"),
    };

    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
    private static string BasePath(OpenApiDocument document, string? basepath)
    {
        var path = document.BasePath;
        var slash = path.Length == 0 ? -1 : path.IndexOf('/', 1);
        return basepath switch
        {
            null or "ignore" => "",
            "prepend" => path,
            "split" => slash < 0 ? "" : path[slash..],
            _ => throw Bad("Invalid basepath parameter specified. Must be one of: [ignore, prepend, split]"),
        };
    }
}
