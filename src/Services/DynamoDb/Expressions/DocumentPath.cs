using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>A step of a path: a name, or a position in a list.</summary>
internal readonly record struct PathStep(string? Name, byte[]? Utf8, int Index)
{
    public static PathStep Of(string name) => new(name, Encoding.UTF8.GetBytes(name), -1);

    public static PathStep Of(int index) => new(null, null, index);

    public bool IsIndex => Name is null;

    public bool Same(PathStep other) => Index == other.Index && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override string ToString() => Name ?? string.Create(CultureInfo.InvariantCulture, $"[{Index}]");
}

/// <summary>Where a value lies in an item: <c>a.b[3].c</c>. The first step is a name.</summary>
internal sealed class DocumentPath(PathStep[] steps)
{
    /// <summary>AWS allows this many steps.</summary>
    public const int MaxSteps = 32;

    public ReadOnlySpan<PathStep> Steps => steps;

    public string Root => steps[0].Name!;

    public bool IsNested => steps.Length > 1;

    public static DocumentPath Of(string attribute) => new([PathStep.Of(attribute)]);

    /// <summary>The value, or nothing if the item has none there.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> item)
    {
        var value = Encoded.Find(item, steps[0].Utf8);
        for (var i = 1; i < steps.Length && !value.IsEmpty; i++)
        {
            var step = steps[i];
            value = (Encoded.Kind(value), step.IsIndex) switch
            {
                (ValueKind.Map, false) => Encoded.Find(Encoded.Payload(value), step.Utf8),
                (ValueKind.List, true) => Encoded.At(Encoded.Payload(value), step.Index),
                _ => default,
            };
        }

        return value;
    }

    /// <summary>Refuses paths of which one lies inside the other, or that disagree on what a value is.</summary>
    public static string? Clash(IReadOnlyList<DocumentPath> paths)
    {
        for (var i = 1; i < paths.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Clash(paths[j], paths[i]) is { } clash)
                {
                    return clash;
                }
            }
        }

        return null;
    }

    public override string ToString() => $"[{string.Join(", ", steps)}]";

    private static string? Clash(DocumentPath one, DocumentPath two)
    {
        for (var i = 0; i < Math.Min(one.Steps.Length, two.Steps.Length); i++)
        {
            if (one.Steps[i].IsIndex != two.Steps[i].IsIndex)
            {
                return $"Two document paths conflict with each other; must remove or rewrite one of these paths; path one: {one}, path two: {two}";
            }

            if (!one.Steps[i].Same(two.Steps[i]))
            {
                return null;
            }
        }

        return $"Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {one}, path two: {two}";
    }
}
