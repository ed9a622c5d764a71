using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>A pinned model with our corrections applied, and the choices that <c>patch.json</c> makes for it.</summary>
internal sealed class Model
{
    private readonly JsonObject _operations;
    private readonly JsonObject _shapes;

    public Model(JsonObject model, JsonObject patch)
    {
        Patch = patch;
        _operations = model["operations"]!.AsObject();
        _shapes = model["shapes"]!.AsObject();
        Metadata = model["metadata"]!.AsObject();
        Merge(_shapes, patch["shapes"] as JsonObject);
        Merge(_operations, patch["operations"] as JsonObject);
        Merge(Metadata, patch["metadata"] as JsonObject);
        Served = [.. (patch["served"] as JsonArray ?? []).Select(name => (string)name!)];
        Handwritten = (patch["handwritten"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
        Mutable = (patch["mutable"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
        Names = InputsAndOutputs();
    }

    public JsonObject Patch { get; }

    public JsonObject Metadata { get; }

    /// <summary>Names of the served operations.</summary>
    public IReadOnlyList<string> Served { get; }

    /// <summary>Shapes whose C# is ours: shape name to type name.</summary>
    public IReadOnlyDictionary<string, string> Handwritten { get; }

    /// <summary>Shapes that the service stores and changes in place, as operations of the JSON Patch kind do.</summary>
    public IReadOnlySet<string> Mutable { get; }

    public IEnumerable<string> Operations => _operations.Select(entry => entry.Key);

    /// <summary>C# names of the shapes that are not called by their own: inputs and outputs of one operation.</summary>
    private Dictionary<string, string> Names { get; }

    public static Model Load(string root, string service)
    {
        var folder = Path.Combine(root, "models", service);
        var model = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "model.json")))!.AsObject();
        var patch = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "patch.json")))!.AsObject();
        return new Model(model, patch);
    }

    public JsonObject Operation(string name) =>
        _operations[name] as JsonObject ?? throw new InvalidOperationException($"The model has no operation {name}.");

    public JsonObject Shape(string name) =>
        _shapes[name] as JsonObject ?? throw new InvalidOperationException($"The model has no shape {name}.");

    public string ClassName(string shape) => Names.GetValueOrDefault(shape) ?? char.ToUpperInvariant(shape[0]) + shape[1..];

    /// <summary>Every shape that the served operations reach, in a stable order.</summary>
    public IReadOnlyList<string> Reached()
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in Served)
        {
            var operation = Operation(name);
            Reach((string?)operation["input"]?["shape"], reached);
            Reach((string?)operation["output"]?["shape"], reached);
            foreach (var error in Errors(operation))
            {
                Reach(error, reached);
            }
        }

        return [.. reached];
    }

    public static IEnumerable<string> Errors(JsonObject operation) =>
        (operation["errors"] as JsonArray ?? []).Select(error => (string)error!["shape"]!);

    private static void Merge(JsonObject target, JsonObject? patch)
    {
        foreach (var (key, value) in patch ?? [])
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }

    private void Reach(string? name, SortedSet<string> reached)
    {
        if (name is null || !reached.Add(name))
        {
            return;
        }

        var shape = Shape(name);
        foreach (var (_, member) in shape["members"] as JsonObject ?? [])
        {
            Reach((string?)member!["shape"], reached);
        }

        foreach (var part in (string[])["member", "key", "value"])
        {
            Reach((string?)shape[part]?["shape"], reached);
        }
    }

    private Dictionary<string, string> InputsAndOutputs()
    {
        var inside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, shape) in _shapes)
        {
            foreach (var (_, member) in shape!["members"] as JsonObject ?? [])
            {
                inside.Add((string)member!["shape"]!);
            }

            foreach (var part in (string[])["member", "key", "value"])
            {
                if ((string?)shape[part]?["shape"] is { } target)
                {
                    inside.Add(target);
                }
            }
        }

        var uses = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, operation) in _operations)
        {
            Use((string?)operation!["input"]?["shape"], name + "Input");
            Use((string?)operation["output"]?["shape"], name + "Output");
        }

        return uses.Where(use => use.Value.Count == 1 && !inside.Contains(use.Key) && !_shapes.ContainsKey(use.Value[0]))
            .ToDictionary(use => use.Key, use => use.Value[0], StringComparer.Ordinal);

        void Use(string? shape, string name)
        {
            if (shape is not null)
            {
                uses.TryAdd(shape, []);
                uses[shape].Add(name);
            }
        }
    }
}
