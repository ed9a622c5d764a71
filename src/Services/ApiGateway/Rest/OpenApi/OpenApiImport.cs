using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Apis;
using Haneul.ApiGateway.Rest.Documentation;
using Haneul.ApiGateway.Rest.Responses;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Reads a description of an API with API Gateway's extensions.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html"/>
/// </summary>
internal static class OpenApiImport
{
    private const string Head = "x-amazon-apigateway-";

    /// <param name="body">The description.</param>
    /// <param name="parameters"><c>basepath</c>, <c>ignore</c>, <c>endpointConfigurationTypes</c>.</param>
    /// <param name="apiId">The API that it is for: models refer to each other by it.</param>
    public static ImportedApi Read(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string>? parameters, string apiId)
    {
        using var document = OpenApiDocument.Parse(body) ?? throw RestFaults.BadRequest("Invalid OpenAPI input.");
        var root = document.Root;
        var imported = new ImportedApi { Api = ReadApi(root, parameters) };
        var schemas = new SchemaImport(document, imported, apiId);
        var security = new SecurityImport(document, imported);
        schemas.Run();
        security.Run();
        ReadValidators(root, imported);
        ReadResponses(root, imported);
        new MethodImport(document, imported, schemas, security, BasePath(document, parameters)).Run();
        if (parameters?.GetValueOrDefault("ignore") != "documentation")
        {
            ReadDocumentation(root, imported);
        }

        return imported;
    }

    /// <summary>The parts in <c>x-amazon-apigateway-documentation</c>.</summary>
    public static void ReadDocumentation(JsonElement root, ImportedApi imported)
    {
        if (root.Member(Head + "documentation") is not { } documentation)
        {
            return;
        }

        imported.DocumentationVersion = documentation.Text("version");
        foreach (var part in documentation.Items("documentationParts"))
        {
            if (part.Member("location") is { } place && part.Member("properties") is { } properties
                && place.Text("type") is { } type && DocumentationRules.IsType(type))
            {
                imported.Documentation.Add(new DocumentationPart
                {
                    Location = DocumentationRules.Location(new DocumentationPartLocation
                    {
                        Type = type,
                        Path = place.Text("path"),
                        Method = place.Text("method"),
                        StatusCode = place.Text("statusCode"),
                        Name = place.Text("name"),
                    }),
                    Properties = DocumentationRules.Properties(
                        properties.ValueKind == JsonValueKind.String ? properties.GetString() : properties.GetRawText()),
                });
            }
            else
            {
                imported.Warnings.Add("Ignoring a documentation part without a valid location or properties");
            }
        }
    }

    private static RestApi ReadApi(JsonElement root, IReadOnlyDictionary<string, string>? parameters)
    {
        var info = root.Member("info");
        var endpoint = root.Member(Head + "endpoint-configuration");
        var types = parameters?.GetValueOrDefault("endpointConfigurationTypes") is { } wanted ? [wanted] : endpoint?.Strings("types");
        var tags = root.Items("tags").Where(static tag => tag.Text(Head + "tag-value") is not null)
            .ToDictionary(static tag => tag.Text("name") ?? "", static tag => tag.Text(Head + "tag-value")!);
        return new RestApi
        {
            Name = RestApiRules.Name(info.Text("title")),
            Description = Texts.NullIfEmpty(info.Text("description")),
            Version = Texts.NullIfEmpty(info.Text("version")),
            BinaryMediaTypes = root.Strings(Head + "binary-media-types"),
            MinimumCompressionSize = RestApiRules.Compression(root.Text(Head + "minimum-compression-size")),
            ApiKeySource = root.Text(Head + "api-key-source") is { } source ? RestApiRules.ApiKeySource(source.ToUpperInvariant()) : null,
            Policy = root.Member(Head + "policy") is { } policy ? RestApiRules.Policy(policy.GetRawText()) : null,
            DisableExecuteApiEndpoint = endpoint?.Flag("disableExecuteApiEndpoint"),
            EndpointConfiguration = types is null && endpoint?.Strings("vpcEndpointIds") is null ? null : RestApiRules.Endpoint(new EndpointConfiguration
            {
                Types = types is null ? [EndpointType.Private] : Known(types),
                IpAddressType = endpoint?.Text("ipAddressType"),
                VpcEndpointIds = endpoint?.Strings("vpcEndpointIds"),
            }),
            Tags = tags.Count == 0 ? null : tags,
        };
    }

    private static List<string> Known(List<string> types) =>
        types.TrueForAll(static type => type is EndpointType.Edge or EndpointType.Regional or EndpointType.Private)
            ? types
            : throw RestFaults.BadRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");

    private static void ReadValidators(JsonElement root, ImportedApi imported)
    {
        foreach (var (name, validator) in root.Members(Head + "request-validators"))
        {
            imported.Validators.Add(new RequestValidator
            {
                Name = name,
                ValidateRequestBody = validator.Flag("validateRequestBody"),
                ValidateRequestParameters = validator.Flag("validateRequestParameters"),
            });
        }
    }

    private static void ReadResponses(JsonElement root, ImportedApi imported)
    {
        foreach (var (type, response) in root.Members(Head + "gateway-responses"))
        {
            if (!GatewayResponses.Types.Contains(type))
            {
                throw RestFaults.BadRequest($"Errors found during import:\n\tInvalid gateway response type '{type}'");
            }

            imported.Responses.Add(GatewayResponses.New(
                type, response.Text("statusCode"), response.Map("responseParameters"), response.Map("responseTemplates")));
        }
    }

    /// <summary>
    /// What paths begin with. <c>prepend</c> keeps the base path; <c>split</c> takes its first part for the name of a stage.
    /// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html"/>
    /// </summary>
    private static string BasePath(OpenApiDocument document, IReadOnlyDictionary<string, string>? parameters)
    {
        var path = document.BasePath;
        switch (parameters?.GetValueOrDefault("basepath") ?? "ignore")
        {
            case "prepend":
                return path;
            case "split":
                var slash = path.Length == 0 ? -1 : path.IndexOf('/', 1);
                return slash < 0 ? "" : path[slash..];
            case "ignore":
                return "";
            default:
                throw RestFaults.BadRequest("Invalid basepath parameter specified. Must be one of: [ignore, prepend, split]");
        }
    }
}
