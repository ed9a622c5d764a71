using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Reads the methods of all paths.</summary>
internal sealed class MethodImport(OpenApiDocument document, ImportedApi api, SchemaImport schemas, SecurityImport security, string basePath)
{
    private const string Json = "application/json";
    private const string ValidatorExtension = "x-amazon-apigateway-request-validator";

    private static readonly string[] s_methods = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];

    public void Run()
    {
        foreach (var (path, given) in document.Root.Members("paths"))
        {
            if (!path.StartsWith('/'))
            {
                continue;
            }

            var full = basePath + (path.Length > 1 ? path.TrimEnd('/') : basePath.Length == 0 ? path : "");
            api.Paths.Add(full);
            var item = document.Resolve(given);
            foreach (var name in s_methods)
            {
                if (item.Member(name) is { ValueKind: JsonValueKind.Object } operation)
                {
                    api.Methods.Add(Read(full, name.StartsWith('x') ? "ANY" : name.ToUpperInvariant(), item, operation));
                }
            }
        }
    }

    private ImportedMethod Read(string path, string httpMethod, JsonElement item, JsonElement operation)
    {
        var method = new Method
        {
            HttpMethod = httpMethod,
            OperationName = operation.Text("operationId"),
            MethodResponses = Responses(operation),
        };
        var authorizer = security.Guard(operation, method);
        ReadParameters(method, path, item, operation);
        if (!document.IsSwagger && operation.Member("requestBody") is { } body)
        {
            method.RequestModels = Models(document.Resolve(body).Members("content"));
        }

        method.MethodIntegration = IntegrationImport.Of(document, operation, path, httpMethod, api.Warnings);
        return new ImportedMethod(path, method, authorizer, operation.Text(ValidatorExtension) ?? document.Root.Text(ValidatorExtension));
    }

    private void ReadParameters(Method method, string path, JsonElement item, JsonElement operation)
    {
        // Those of the operation override those of the path with the same name and place.
        var all = new Dictionary<(string? Name, string? In), JsonElement>();
        foreach (var given in item.Items("parameters").Concat(operation.Items("parameters")))
        {
            var parameter = document.Resolve(given);
            all[(parameter.Text("name"), parameter.Text("in"))] = parameter;
        }

        var parameters = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var ((name, place), parameter) in all)
        {
            switch (place)
            {
                case "query" or "header" or "path":
                    parameters[$"method.request.{(place == "query" ? "querystring" : place)}.{name}"] = parameter.Flag("required");
                    break;
                case "body" when parameter.Member("schema") is { } schema:
                    var model = schemas.ModelOf(schema);
                    method.RequestModels = Types(operation, "consumes").ToDictionary(static type => type, _ => model);
                    break;
                default:
                    api.Warnings.Add(
                        $"Ignoring parameter '{name}' of resource '{path}' and method '{method.HttpMethod}': '{place}' is not supported");
                    break;
            }
        }

        method.RequestParameters = parameters.Count == 0 ? null : parameters;
    }

    private Dictionary<string, MethodResponse>? Responses(JsonElement operation)
    {
        var responses = new Dictionary<string, MethodResponse>(StringComparer.Ordinal);
        foreach (var (statusCode, given) in operation.Members("responses"))
        {
            if (statusCode is not [>= '1' and <= '5', >= '0' and <= '9', >= '0' and <= '9'])
            {
                continue;
            }

            var response = document.Resolve(given);
            var headers = response.Members("headers").ToDictionary(static header => "method.response.header." + header.Name, static _ => false);
            responses[statusCode] = new MethodResponse
            {
                StatusCode = statusCode,
                ResponseParameters = headers.Count == 0 ? null : headers,
                ResponseModels = document.IsSwagger
                    ? response.Member("schema") is { } schema
                        ? Types(operation, "produces").ToDictionary(static type => type, _ => schemas.ModelOf(schema))
                        : null
                    : Models(response.Members("content")),
            };
        }

        return responses.Count == 0 ? null : responses;
    }

    private Dictionary<string, string>? Models(IEnumerable<(string Name, JsonElement Value)> content)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (type, media) in content)
        {
            if (media.Member("schema") is { } schema)
            {
                models[type] = schemas.ModelOf(schema);
            }
        }

        return models.Count == 0 ? null : models;
    }

    private IEnumerable<string> Types(JsonElement operation, string name) =>
        (operation.Strings(name) ?? document.Root.Strings(name) ?? [Json]).Distinct(StringComparer.Ordinal);
}
