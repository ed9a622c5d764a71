using System.Collections.Concurrent;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <summary>
/// The models of a deployment as schemas, which may refer to each other by
/// <c>https://apigateway.amazonaws.com/restapis/API/models/NAME</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html"/>
/// </summary>
internal sealed class ModelSchemas(IReadOnlyList<Model> models)
{
    private const string ModelsPart = "/models/";
    private const int MaxDepth = 64;

    // Parsed when a request first needs one; any thread may.
    private readonly ConcurrentDictionary<string, JsonElement> _parsed = new(StringComparer.Ordinal);

    /// <returns>What is wrong, in the words of the validator that AWS uses; empty when nothing is.</returns>
    /// <exception cref="SchemaException">The schema cannot be followed.</exception>
    public List<string> Validate(string model, JsonElement value)
    {
        var run = new SchemaRun(this);
        run.Check(new SchemaNode(Root(model), Root(model)), value, 0);
        return run.Errors;
    }

    /// <summary>Follows a reference: to a model, into it, or into the schema that it stands in.</summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="root">The schema that it stands in.</param>
    public SchemaNode Resolve(string reference, JsonElement root)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var document = hash < 0 ? reference : reference[..hash];
        if (document.Length > 0)
        {
            var at = document.LastIndexOf(ModelsPart, StringComparison.Ordinal);
            root = Root(Uri.UnescapeDataString(at < 0 ? document : document[(at + ModelsPart.Length)..]));
        }

        var found = root;
        foreach (var part in (hash < 0 ? "" : reference[(hash + 1)..]).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                throw new SchemaException($"The reference {reference} leads nowhere");
            }
        }

        return new SchemaNode(found, root);
    }

    private JsonElement Root(string model)
    {
        if (_parsed.TryGetValue(model, out var schema))
        {
            return schema;
        }

        if (models.FirstOrDefault(one => one.Name == model)?.SchemaValue is not { } text)
        {
            throw new SchemaException($"There is no model {model}");
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return _parsed[model] = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new SchemaException($"The model {model} is not JSON");
        }
    }
}

/// <param name="Schema">What applies.</param>
/// <param name="Root">The document that it stands in, for references.</param>
internal readonly record struct SchemaNode(JsonElement Schema, JsonElement Root)
{
    public SchemaNode With(JsonElement schema) => this with { Schema = schema };
}
