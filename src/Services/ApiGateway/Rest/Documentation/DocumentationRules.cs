using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>
/// Where a documentation part can be, and what it says.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_DocumentationPartLocation.html"/>
/// </summary>
internal static class DocumentationRules
{
    public const int MostParts = 2000;

    // By type: which of path, method, status code and name it may have, and which it must.
    private static readonly Dictionary<string, (string May, string Must)> s_fields = new()
    {
        [DocumentationPartType.Api] = ("", ""),
        [DocumentationPartType.Authorizer] = ("n", "n"),
        [DocumentationPartType.Model] = ("n", "n"),
        [DocumentationPartType.Resource] = ("p", ""),
        [DocumentationPartType.Method] = ("pm", ""),
        [DocumentationPartType.PathParameter] = ("pmn", "n"),
        [DocumentationPartType.QueryParameter] = ("pmn", "n"),
        [DocumentationPartType.RequestHeader] = ("pmn", "n"),
        [DocumentationPartType.RequestBody] = ("pm", ""),
        [DocumentationPartType.Response] = ("pms", ""),
        [DocumentationPartType.ResponseHeader] = ("pmsn", "n"),
        [DocumentationPartType.ResponseBody] = ("pms", ""),
    };

    public static bool IsType(string type) => s_fields.ContainsKey(type);

    public static DocumentationPartLocation Location(DocumentationPartLocation location)
    {
        var (may, must) = s_fields[location.Type];
        Check('p', "path", location.Path);
        Check('m', "method", location.Method);
        Check('s', "statusCode", location.StatusCode);
        Check('n', "name", location.Name);
        return location;

        void Check(char field, string name, string? value)
        {
            if (!string.IsNullOrEmpty(value) && !may.Contains(field))
            {
                throw RestFaults.BadRequest($"Invalid location: {name} is not supported for type {location.Type}");
            }

            if (string.IsNullOrEmpty(value) && must.Contains(field))
            {
                throw RestFaults.BadRequest($"Invalid location: {name} is required for type {location.Type}");
            }
        }
    }

    public static string Properties(string? properties)
    {
        if (string.IsNullOrWhiteSpace(properties))
        {
            throw RestFaults.BadRequest("Documentation part properties must be non-empty");
        }

        try
        {
            using var document = JsonDocument.Parse(properties);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? properties
                : throw RestFaults.BadRequest("Invalid documentation part properties: must be a JSON object");
        }
        catch (JsonException)
        {
            throw RestFaults.BadRequest("Invalid documentation part properties: must be a JSON object");
        }
    }

    public static bool Same(DocumentationPartLocation one, DocumentationPartLocation other) =>
        one.Type == other.Type && one.Path == other.Path && one.Method == other.Method && one.StatusCode == other.StatusCode
        && one.Name == other.Name;
}
