using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Writes what a stage serves as Swagger 2.0 or OpenAPI 3.0, in the form that AWS gives it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html"/>
/// </summary>
internal sealed class OpenApiExport
{
    private const string Head = "x-amazon-apigateway-";

    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    private readonly Utf8JsonWriter _json;
    private readonly ExportOptions _options;
    private readonly SchemaExport _schemas;

    private OpenApiExport(Utf8JsonWriter json, ExportOptions options)
    {
        _json = json;
        _options = options;
        _schemas = new SchemaExport(json, options.Api.Models, options.IsSwagger ? "#/definitions/" : "#/components/schemas/");
    }

    public static byte[] Write(ExportOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_writing))
        {
            new OpenApiExport(json, options).WriteAll();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteAll()
    {
        _json.WriteStartObject();
        _json.WriteString(_options.IsSwagger ? "swagger" : "openapi", _options.IsSwagger ? "2.0" : "3.0.1");
        WriteInfo();
        WriteServer();
        _json.WriteStartObject("paths");
        var methods = new MethodExport(_json, _options, _schemas);
        foreach (var resource in _options.Api.Resources.Where(static resource => resource.ResourceMethods is { Count: > 0 })
            .OrderBy(static resource => resource.Path, StringComparer.Ordinal))
        {
            methods.Write(resource);
        }

        _json.WriteEndObject();
        var security = new SecurityExport(_json, _options);
        if (_options.IsSwagger)
        {
            security.Write("securityDefinitions");
            _schemas.Write("definitions");
        }
        else
        {
            _json.WriteStartObject("components");
            _schemas.Write("schemas");
            security.Write("securitySchemes");
            _json.WriteEndObject();
        }

        WriteExtensions();
        _json.WriteEndObject();
    }

    private void WriteInfo()
    {
        _json.WriteStartObject("info");
        if (_options.Api.Api.Description is { } description)
        {
            _json.WriteString("description", description);
        }

        _json.WriteString("version", _options.Version);
        _json.WriteString("title", _options.Api.Api.Name);
        _json.WriteEndObject();
    }

    private void WriteServer()
    {
        if (_options.IsSwagger)
        {
            _json.WriteString("host", _options.Endpoint.Authority);
            _json.WriteString("basePath", "/" + _options.Stage.StageName);
            _json.WriteStartArray("schemes");
            _json.WriteStringValue(_options.Endpoint.Scheme);
            _json.WriteEndArray();
            return;
        }

        _json.WriteStartArray("servers");
        _json.WriteStartObject();
        _json.WriteString("url", $"{_options.Endpoint.Scheme}://{_options.Endpoint.Authority}/{{basePath}}");
        _json.WriteStartObject("variables");
        _json.WriteStartObject("basePath");
        _json.WriteString("default", _options.Stage.StageName);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteExtensions()
    {
        var api = _options.Api.Api;
        if (_options.Settings)
        {
            WriteValidators();
            WriteResponses();
            if (api.Policy is { } policy)
            {
                _json.WritePropertyName(Head + "policy");
                _json.WriteRawValue(policy);
            }

            if (api.ApiKeySource is { } source and not ApiKeySourceType.Header)
            {
                _json.WriteString(Head + "api-key-source", source);
            }

            if (api.MinimumCompressionSize is { } size)
            {
                _json.WriteNumber(Head + "minimum-compression-size", size);
            }
        }

        if ((_options.Integrations || _options.Settings) && api.BinaryMediaTypes is { Count: > 0 } types)
        {
            _json.WriteStartArray(Head + "binary-media-types");
            foreach (var type in types)
            {
                _json.WriteStringValue(type);
            }

            _json.WriteEndArray();
        }

        WriteDocumentation();
    }

    private void WriteValidators()
    {
        if (_options.Api.Validators.Count == 0)
        {
            return;
        }

        _json.WriteStartObject(Head + "request-validators");
        foreach (var validator in _options.Api.Validators)
        {
            _json.WriteStartObject(validator.Name!);
            _json.WriteBoolean("validateRequestParameters", validator.ValidateRequestParameters ?? false);
            _json.WriteBoolean("validateRequestBody", validator.ValidateRequestBody ?? false);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private void WriteResponses()
    {
        if (_options.Api.Responses.Count == 0)
        {
            return;
        }

        _json.WriteStartObject(Head + "gateway-responses");
        foreach (var response in _options.Api.Responses)
        {
            _json.WriteStartObject(response.ResponseType!);
            if (int.TryParse(response.StatusCode, System.Globalization.CultureInfo.InvariantCulture, out var status))
            {
                _json.WriteNumber("statusCode", status);
            }

            IntegrationExport.Map(_json, "responseParameters", response.ResponseParameters);
            IntegrationExport.Map(_json, "responseTemplates", response.ResponseTemplates);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private void WriteDocumentation()
    {
        if (_options.Documentation is not { } documentation)
        {
            return;
        }

        _json.WriteStartObject(Head + "documentation");
        _json.WriteString("version", documentation.Version.Version);
        _json.WriteString("createdDate", ExportTime.Of(documentation.Version.CreatedDate));
        _json.WriteStartArray("documentationParts");
        foreach (var part in documentation.Parts)
        {
            _json.WriteStartObject();
            _json.WriteStartObject("location");
            _json.WriteString("type", part.Location!.Type);
            Optional("path", part.Location.Path);
            Optional("method", part.Location.Method);
            Optional("statusCode", part.Location.StatusCode);
            Optional("name", part.Location.Name);
            _json.WriteEndObject();
            _json.WritePropertyName("properties");
            _json.WriteRawValue(part.Properties!);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Optional(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }
}
