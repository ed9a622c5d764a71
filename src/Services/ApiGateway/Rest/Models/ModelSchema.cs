using System.Text.Json;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>
/// Checks that a model's schema is one of JSON schema draft 4, as far as API Gateway takes it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html"/>
/// </summary>
internal static class ModelSchema
{
    /// <summary>What models refer to each other by.</summary>
    public const string ReferenceHead = "https://apigateway.amazonaws.com/restapis/";

    private const int MostDepth = 64;

    /// <summary>Bytes.</summary>
    private const int MostSize = 400 * 1024;

    private static readonly string[] s_types = ["array", "boolean", "integer", "null", "number", "object", "string", "any"];
    private static readonly string[] s_schemas = ["not", "additionalItems", "additionalProperties"];
    private static readonly string[] s_maps = ["properties", "patternProperties", "definitions"];
    private static readonly string[] s_lists = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] s_numbers = ["maximum", "minimum", "multipleOf"];
    private static readonly string[] s_counts = ["maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"];
    private static readonly string[] s_flags = ["uniqueItems", "exclusiveMaximum", "exclusiveMinimum"];

    public static string Check(string? schema)
    {
        if (string.IsNullOrWhiteSpace(schema))
        {
            throw Empty();
        }

        if (schema.Length > MostSize)
        {
            throw RestFaults.BadRequest("Model schema is too large.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = MostDepth });
        }
        catch (JsonException)
        {
            throw Invalid("Invalid model schema specified");
        }

        using (document)
        {
            if (document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.EnumerateObject().Any())
            {
                throw Empty();
            }

            Check(document.RootElement);
        }

        return schema;
    }

    private static void Check(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("Invalid model schema specified");
        }

        foreach (var member in schema.EnumerateObject())
        {
            CheckKeyword(member.Name, member.Value);
        }
    }

    private static void CheckKeyword(string name, JsonElement value)
    {
        if (s_schemas.Contains(name))
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Check(value);
            }
        }
        else if (s_maps.Contains(name))
        {
            Require(name, value.ValueKind == JsonValueKind.Object);
            foreach (var part in value.EnumerateObject())
            {
                Check(part.Value);
            }
        }
        else if (s_lists.Contains(name) || (name == "items" && value.ValueKind == JsonValueKind.Array))
        {
            Require(name, value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0);
            foreach (var part in value.EnumerateArray())
            {
                Check(part);
            }
        }
        else
        {
            CheckScalar(name, value);
        }
    }

    private static void CheckScalar(string name, JsonElement value)
    {
        switch (name)
        {
            case "items":
                Check(value);
                break;
            case "type":
                Require(name, value.ValueKind == JsonValueKind.Array
                    ? value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType)
                    : IsType(value));
                break;
            case "required":
                // Draft 3 had a flag here, which AWS still takes.
                Require(name, value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)));
                break;
            case "enum":
                Require(name, value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0);
                break;
            case "pattern":
                Require(name, value.ValueKind == JsonValueKind.String);
                break;
            case "$ref":
                Require(name, value.ValueKind == JsonValueKind.String);
                if (value.GetString() is { } reference && !reference.StartsWith('#')
                    && !reference.StartsWith(ReferenceHead, StringComparison.Ordinal))
                {
                    throw Invalid("Model reference must be in canonical form");
                }

                break;
            default:
                Require(name, !s_numbers.Contains(name) || value.ValueKind == JsonValueKind.Number);
                Require(name, !s_counts.Contains(name) || IsCount(value));
                Require(name, !s_flags.Contains(name) || value.ValueKind is JsonValueKind.True or JsonValueKind.False);
                break;
        }
    }

    private static bool IsCount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0;

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && s_types.Contains(value.GetString());

    private static void Require(string keyword, bool holds)
    {
        if (!holds)
        {
            throw Invalid($"Invalid model schema specified. Value of keyword '{keyword}' is not of a valid type");
        }
    }

    private static ServiceException Empty() => RestFaults.BadRequest("Model schema must have at least 1 property or array items defined");

    private static ServiceException Invalid(string error) =>
        RestFaults.BadRequest($"Invalid model specified: Validation Result: warnings : [], errors : [{error}]");
}
