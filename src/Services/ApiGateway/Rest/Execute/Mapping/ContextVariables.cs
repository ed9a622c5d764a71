namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// What <c>$context</c> holds, by dotted names such as <c>identity.sourceIp</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html"/>
/// </summary>
internal sealed class ContextVariables
{
    private Dictionary<string, string>? _values;
    private Action<ContextVariables>? _describe;

    /// <summary>Null where there is no such variable.</summary>
    public string? this[string name]
    {
        get => Values().GetValueOrDefault(name);
        set
        {
            if (value is not null)
            {
                (_values ??= new(StringComparer.Ordinal))[name] = value;
            }
            else
            {
                Values().Remove(name);
            }
        }
    }

    public IEnumerable<KeyValuePair<string, string>> All => Values();

    /// <summary>Leaves what is known of the request until somebody asks: most requests end without.</summary>
    /// <param name="describe">Calls <see cref="Offer"/> for each variable.</param>
    public void DescribeLater(Action<ContextVariables> describe) => _describe += describe;

    /// <summary>A value for a variable that has none yet.</summary>
    public void Offer(string name, string? value)
    {
        if (value is not null)
        {
            (_values ??= new(StringComparer.Ordinal)).TryAdd(name, value);
        }
    }

    private Dictionary<string, string> Values()
    {
        _values ??= new(StringComparer.Ordinal);
        if (_describe is { } describe)
        {
            _describe = null;
            describe(this);
        }

        return _values;
    }
}
