using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>
/// Reduces a published service model to its facts: names, types, wire names, bindings, bounds, enumerations and errors.
/// Documentation and client-side hints are left out; one shape or operation a line, so that an update reads well as a diff.
/// </summary>
internal static class Distiller
{
    private static readonly HashSet<string> s_dropped = new(StringComparer.Ordinal)
    {
        "documentation", "documentationUrl", "deprecated", "deprecatedMessage", "deprecatedSince", "contextParam", "staticContextParams",
        "operationContextParams", "endpointdiscovery", "endpointoperation", "endpoint", "examples", "synthetic", "retryable", "box", "xmlOrder",
        "readonly", "idempotent", "requestcompression", "auth", "uid", "signatureVersion", "serviceAbbreviation", "requiresLength",
    };

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>A line that says what was pinned.</returns>
    public static string Pin(string data, string models, string service)
    {
        var versions = Directory.GetDirectories(Path.Combine(data, service)).Order(StringComparer.Ordinal).ToList();
        var source = Path.Combine(versions[^1], "service-2.json");
        using Stream stream = File.Exists(source)
            ? File.OpenRead(source)
            : new GZipStream(File.OpenRead(source + ".gz"), CompressionMode.Decompress);
        var model = JsonNode.Parse(stream)!.AsObject();
        AddPaginators(model, versions[^1]);

        var folder = Directory.CreateDirectory(Path.Combine(models, service)).FullName;
        var text = Distil(model);
        File.WriteAllText(Path.Combine(folder, "model.json"), text);
        return $"{service} {Path.GetFileName(versions[^1])}: {model["operations"]!.AsObject().Count} operations, {text.Length / 1024} KiB";
    }

    public static string Distil(JsonObject model)
    {
        var text = new StringBuilder("{\n\"metadata\":");
        text.Append(Strip(model["metadata"]!, isNames: false)!.ToJsonString(s_plain)).Append(",\n");
        Lines(text, "operations", model["operations"]!.AsObject());
        text.Append(",\n");
        Lines(text, "shapes", model["shapes"]!.AsObject());
        return text.Append("\n}\n").ToString();
    }

    private static void AddPaginators(JsonObject model, string folder)
    {
        var path = Path.Combine(folder, "paginators-1.json");
        if (!File.Exists(path))
        {
            return;
        }

        var pagination = JsonNode.Parse(File.ReadAllText(path))!["pagination"]!.AsObject();
        foreach (var (name, facts) in pagination)
        {
            if (model["operations"]![name] is JsonObject operation)
            {
                operation["pagination"] = facts!.DeepClone();
            }
        }
    }

    private static void Lines(StringBuilder text, string name, JsonObject entries)
    {
        text.Append('"').Append(name).Append("\":{");
        var separator = "\n";
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(JsonValue.Create(key)!.ToJsonString(s_plain)).Append(':')
                .Append(Strip(value!, isNames: false)!.ToJsonString(s_plain));
            separator = ",\n";
        }

        text.Append("\n}");
    }

    // Members of a structure are names of the service, not words of the model language: none of them is dropped for its spelling.
    private static JsonNode? Strip(JsonNode node, bool isNames)
    {
        if (node is JsonArray array)
        {
            return new JsonArray([.. array.Select(item => Strip(item!, isNames: false))]);
        }

        if (node is not JsonObject entries)
        {
            return node.DeepClone();
        }

        var kept = new JsonObject();
        foreach (var (key, value) in entries)
        {
            if (isNames || !s_dropped.Contains(key))
            {
                kept[key] = Strip(value!, isNames: key == "members" && !isNames);
            }
        }

        return kept;
    }
}
