using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Writes the methods of a resource.</summary>
internal sealed class MethodExport(Utf8JsonWriter json, ExportOptions options, SchemaExport schemas)
{
    private static readonly string[] s_order = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "ANY"];

    public void Write(Resource resource)
    {
        json.WriteStartObject(resource.Path!);
        foreach (var name in s_order)
        {
            if (resource.ResourceMethods!.GetValueOrDefault(name) is { } method)
            {
                json.WriteStartObject(name == "ANY" ? "x-amazon-apigateway-any-method" : name.ToLowerInvariant());
                WriteMethod(method, resource.Id!);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private void WriteMethod(Method method, string resourceId)
    {
        IntegrationExport.Optional(json, "operationId", method.OperationName);
        if (options.IsSwagger)
        {
            IntegrationExport.List(json, "consumes", Types(method.RequestModels?.Keys, method.MethodIntegration?.RequestTemplates?.Keys));
            IntegrationExport.List(json, "produces", Types(
                method.MethodResponses?.Values.SelectMany(static response => response.ResponseModels?.Keys ?? []),
                method.MethodIntegration?.IntegrationResponses?.Values.SelectMany(static response => response.ResponseTemplates?.Keys ?? [])));
        }

        WriteParameters(method);
        if (!options.IsSwagger && method.RequestModels is { Count: > 0 } models)
        {
            json.WriteStartObject("requestBody");
            WriteContent(models);
            json.WriteBoolean("required", true);
            json.WriteEndObject();
        }

        WriteResponses(method);
        SecurityExport.WriteRequirements(json, options, method);
        if (options.Settings && options.Api.Validators.FirstOrDefault(validator => validator.Id == method.RequestValidatorId) is { } used)
        {
            json.WriteString("x-amazon-apigateway-request-validator", used.Name);
        }

        if (options.Integrations && method.MethodIntegration is { } integration)
        {
            IntegrationExport.Write(json, integration, resourceId);
        }
    }

    private static List<string> Types(IEnumerable<string>? some, IEnumerable<string>? others) =>
        [.. (some ?? []).Concat(others ?? []).Distinct(StringComparer.Ordinal)];

    private void WriteParameters(Method method)
    {
        var body = options.IsSwagger ? method.RequestModels?.Values.FirstOrDefault() : null;
        if (method.RequestParameters is not { Count: > 0 } && body is null)
        {
            return;
        }

        json.WriteStartArray("parameters");
        foreach (var (expression, required) in method.RequestParameters ?? new Dictionary<string, bool>())
        {
            // method.request.PLACE.NAME
            var parts = expression.Split('.', 4);
            json.WriteStartObject();
            json.WriteString("name", parts[3]);
            json.WriteString("in", parts[2] switch
            {
                "path" => "path",
                "header" or "multivalueheader" => "header",
                _ => "query",
            });
            if (options.IsSwagger)
            {
                json.WriteBoolean("required", required);
                json.WriteString("type", "string");
            }
            else
            {
                if (required)
                {
                    json.WriteBoolean("required", required);
                }

                WriteText("schema");
            }

            json.WriteEndObject();
        }

        if (body is not null)
        {
            json.WriteStartObject();
            json.WriteString("in", "body");
            json.WriteString("name", body);
            json.WriteBoolean("required", true);
            json.WritePropertyName("schema");
            schemas.WriteReference(body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteResponses(Method method)
    {
        json.WriteStartObject("responses");
        foreach (var (statusCode, response) in method.MethodResponses ?? new Dictionary<string, MethodResponse>())
        {
            json.WriteStartObject(statusCode);
            json.WriteString("description", statusCode + " response");
            if (options.IsSwagger && response.ResponseModels?.Values.FirstOrDefault() is { } model)
            {
                json.WritePropertyName("schema");
                schemas.WriteReference(model);
            }

            if (response.ResponseParameters is { Count: > 0 } headers)
            {
                json.WriteStartObject("headers");
                foreach (var header in headers.Keys)
                {
                    var name = header["method.response.header.".Length..];
                    if (options.IsSwagger)
                    {
                        WriteText(name);
                    }
                    else
                    {
                        json.WriteStartObject(name);
                        WriteText("schema");
                        json.WriteEndObject();
                    }
                }

                json.WriteEndObject();
            }

            if (!options.IsSwagger)
            {
                WriteContent(response.ResponseModels);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteContent(IReadOnlyDictionary<string, string>? models)
    {
        json.WriteStartObject("content");
        foreach (var (type, model) in models ?? new Dictionary<string, string>())
        {
            json.WriteStartObject(type);
            json.WritePropertyName("schema");
            schemas.WriteReference(model);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteText(string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        json.WriteEndObject();
    }
}
