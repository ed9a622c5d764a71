using System.Text;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Query;

/// <summary>Form parameters by name, in ordinal order, so that all names under a prefix are neighbours.</summary>
public sealed class QueryParameters
{
    /// <summary>More than any SDK sends, far less than would hurt.</summary>
    public const int MaxCount = 20_000;

    private readonly string[] _names;
    private readonly string[] _values;

    private QueryParameters(string[] names, string[] values)
    {
        _names = names;
        _values = values;
    }

    public int Count => _names.Length;

    /// <exception cref="WireFormatException">Bad percent-encoding, bad UTF-8, or too many parameters.</exception>
    public static QueryParameters Parse(ReadOnlySpan<byte> form)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = PercentEncoding.Decode(equals < 0 ? pair : pair[..equals], plusIsSpace: true);
            found[name] = equals < 0 ? "" : PercentEncoding.Decode(pair[(equals + 1)..], plusIsSpace: true);
            if (found.Count > MaxCount)
            {
                throw new WireFormatException("Too many parameters.");
            }
        }

        return new QueryParameters([.. found.Keys], [.. found.Values]);
    }

    public static QueryParameters Parse(string query) => Parse(Encoding.UTF8.GetBytes(query));

    public string? Find(string name)
    {
        var index = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        return index >= 0 ? _values[index] : null;
    }

    /// <summary>Whether the name itself is there, or anything below it.</summary>
    public bool Has(string name) => Find(name) is not null || HasBelow(name + ".");

    public bool HasBelow(string prefix)
    {
        var index = First(prefix);
        return index < _names.Length && _names[index].StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>The numbers that follow <paramref name="prefix"/>, in numeric order: <c>Tags.member.1.Key</c> gives 1 for <c>Tags.member.</c>.</summary>
    public IReadOnlyList<string> NumbersBelow(string prefix)
    {
        var numbers = new SortedSet<int>();
        for (var i = First(prefix); i < _names.Length && _names[i].StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            var rest = _names[i].AsSpan(prefix.Length);
            var dot = rest.IndexOf('.');
            if (int.TryParse(dot < 0 ? rest : rest[..dot], System.Globalization.NumberStyles.None, null, out var number))
            {
                numbers.Add(number);
            }
        }

        return [.. numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private int First(string prefix)
    {
        var index = Array.BinarySearch(_names, prefix, StringComparer.Ordinal);
        return index >= 0 ? index : ~index;
    }
}
