using System.Globalization;
using System.Text.Json;

namespace Haneul.Logs.Filters;

/// <summary>The way to a member: <c>$.user.names[0]</c>, <c>$['a.b'].c</c>; a star in brackets stands for any element.</summary>
internal sealed class JsonPath
{
    private readonly List<(string? Name, int? Index)> _steps = [];

    /// <exception cref="FormatException">The text is no path.</exception>
    public static JsonPath Parse(PatternText reader)
    {
        var start = reader.Position;
        reader.Expect("$");
        var path = new JsonPath();
        while (true)
        {
            if (reader.Take("."))
            {
                path._steps.Add((reader.Bare(".[]=!<>&|(){}"), null));
            }
            else if (reader.Take("["))
            {
                if (reader.Take("*"))
                {
                    path._steps.Add((null, null));
                }
                else
                {
                    var inside = reader.Bare("]");
                    path._steps.Add(int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        ? (null, index)
                        : (inside.Trim('\'', '"'), null));
                }

                reader.Expect("]");
            }
            else
            {
                reader.Paths.Add(reader.Since(start).TrimEnd());
                return path._steps.Count > 0 ? path : throw reader.Wrong("a member was expected");
            }
        }
    }

    /// <summary>The values that the path leads to.</summary>
    public IEnumerable<JsonElement> Find(JsonElement root) => Find(root, 0);

    private IEnumerable<JsonElement> Find(JsonElement value, int step)
    {
        if (step == _steps.Count)
        {
            yield return value;
            yield break;
        }

        var (name, index) = _steps[step];
        if (name is not null)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member))
            {
                foreach (var found in Find(member, step + 1))
                {
                    yield return found;
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in index is { } at ? value.EnumerateArray().Skip(at).Take(1) : value.EnumerateArray())
            {
                foreach (var found in Find(element, step + 1))
                {
                    yield return found;
                }
            }
        }
    }
}
