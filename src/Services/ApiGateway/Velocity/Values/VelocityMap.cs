namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>A map of texts to values in the order of insertion, which templates can change.</summary>
internal sealed class VelocityMap
{
    private const int MaxLength = 100_000;

    private readonly OrderedDictionary<string, object?> _entries = new(StringComparer.Ordinal);

    public VelocityMap()
    {
    }

    public VelocityMap(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        foreach (var (name, value) in entries)
        {
            this[name] = value;
        }
    }

    /// <summary>What keys that are not there answer with, instead of null.</summary>
    public object? Missing { get; init; }

    public IReadOnlyDictionary<string, object?> Entries => _entries;

    public object? this[string key]
    {
        set
        {
            if (_entries.Count >= MaxLength)
            {
                throw new VelocityException($"A map has more than {MaxLength} entries.");
            }

            _entries[key] = value;
        }
    }

    public object? Find(string key) => _entries.TryGetValue(key, out var value) ? value : Missing;

    public bool Contains(string key) => _entries.ContainsKey(key);

    public object? Remove(string key) => _entries.Remove(key, out var value) ? value : null;

    public void Clear() => _entries.Clear();
}

/// <summary>An entry of a map, as loops over <c>entrySet()</c> get it.</summary>
internal sealed class VelocityEntry(VelocityMap map, string key) : IVelocityObject
{
    public string Key => key;

    public object? Value => map.Find(key);

    public object? Get(string name) => name switch
    {
        "key" => key,
        "value" => Value,
        _ => null,
    };

    public object? Invoke(string method, object?[] arguments)
    {
        switch (method, arguments)
        {
            case ("getKey", []):
                return key;
            case ("getValue", []):
                return Value;
            case ("setValue", [var value]):
                var before = Value;
                map[key] = value;
                return before;
            default:
                return null;
        }
    }
}
