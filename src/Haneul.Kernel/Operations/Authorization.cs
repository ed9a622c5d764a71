namespace Haneul.Kernel.Operations;

/// <summary>What a call needs to be allowed: action and resource pairs, all of them, and the condition keys that the service sets.</summary>
public sealed class Authorization
{
    private readonly List<Permission> _permissions = new(1);
    private Dictionary<string, IReadOnlyList<string>>? _keys;
    private Action? _tellKeys;

    public IReadOnlyList<Permission> Permissions => _permissions;

    /// <summary>
    /// Condition keys with their values, such as <c>dynamodb:LeadingKeys</c>. The row is asked for them when the first condition wants to know:
    /// most policies have none, and some keys take as long to find as the operation itself.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Keys
    {
        get
        {
            if (_tellKeys is { } tell)
            {
                _tellKeys = null;
                tell();
            }

            return _keys;
        }
    }

    public void Need(string action, string resource) => _permissions.Add(new Permission(action, resource));

    public void Key(string name, string? value)
    {
        if (value is not null)
        {
            Keyed()[name] = [value];
        }
    }

    public void Key(string name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            Keyed()[name] = values;
        }
    }

    /// <summary>The keys of a request that carries tags: <c>aws:RequestTag/k</c> for each and <c>aws:TagKeys</c>.</summary>
    public void RequestTags(IEnumerable<KeyValuePair<string, string>>? tags)
    {
        var names = new List<string>();
        foreach (var (name, value) in tags ?? [])
        {
            names.Add(name);
            Key("aws:RequestTag/" + name, value);
        }

        if (names.Count > 0)
        {
            Key("aws:TagKeys", names);
        }
    }

    internal void KeysLater(Action tell) => _tellKeys = tell;

    private Dictionary<string, IReadOnlyList<string>> Keyed() =>
        _keys ??= new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
}
