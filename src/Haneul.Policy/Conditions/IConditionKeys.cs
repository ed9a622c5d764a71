namespace Haneul.Policy.Conditions;

/// <summary>The facts of a request that conditions and variables ask for. Asked only when a statement needs one.</summary>
public interface IConditionKeys
{
    /// <param name="key">Such as <c>aws:SourceIp</c>; upper and lower case are the same.</param>
    ConditionValues Find(string key);
}

/// <summary>The values of a condition key: none, one or several.</summary>
public readonly struct ConditionValues
{
    private readonly string? _single;
    private readonly IReadOnlyList<string>? _several;

    public ConditionValues(string? value) => _single = value;

    public ConditionValues(IReadOnlyList<string>? values) => _several = values;

    /// <summary>The request has the key. A key may be there with no value, such as an empty set of tags.</summary>
    public bool Exists => _single is not null || _several is not null;

    public int Count => _single is not null ? 1 : _several?.Count ?? 0;

    public string this[int index] => _single ?? _several![index];

    public static implicit operator ConditionValues(string? value) => new(value);

    public IReadOnlyList<string> ToList() => _single is not null ? [_single] : _several ?? [];
}

/// <summary>Condition keys from a dictionary, for simulations and tests.</summary>
public sealed class ConditionKeys : IConditionKeys
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>No keys at all.</summary>
    public static ConditionKeys None { get; } = new();

    public ConditionKeys Set(string key, params IReadOnlyList<string> values)
    {
        _values[key] = values;
        return this;
    }

    public ConditionValues Find(string key) => _values.TryGetValue(key, out var values) ? new ConditionValues(values) : default;
}
