namespace Haneul.Wire;

/// <summary>What the labels of a path pattern matched, decoded: name and text in the pattern's order.</summary>
public sealed class RouteLabels
{
    public static RouteLabels None { get; } = new([]);

    private readonly IReadOnlyList<KeyValuePair<string, string>> _labels;

    public RouteLabels(IReadOnlyList<KeyValuePair<string, string>> labels) => _labels = labels;

    public string? Find(string name)
    {
        foreach (var (label, text) in _labels)
        {
            if (label == name)
            {
                return text;
            }
        }

        return null;
    }
}
