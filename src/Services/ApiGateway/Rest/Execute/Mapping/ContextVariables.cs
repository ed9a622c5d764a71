namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// What <c>$context</c> holds, by dotted names such as <c>identity.sourceIp</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html"/>
/// </summary>
internal sealed class ContextVariables
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Null where there is no such variable.</summary>
    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _values.Remove(name);
            }
            else
            {
                _values[name] = value;
            }
        }
    }

    public IEnumerable<KeyValuePair<string, string>> All => _values;
}
