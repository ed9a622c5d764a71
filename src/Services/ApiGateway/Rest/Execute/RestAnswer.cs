namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>An answer to a request, or an integration's answer to the API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">In order; several values of one name are several entries.</param>
/// <param name="Body">All of it.</param>
internal sealed record RestAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => Last(Headers, name);

    /// <summary>The last value of a name, in any case.</summary>
    public static string? Last(IReadOnlyList<KeyValuePair<string, string>> pairs, string name)
    {
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            if (pairs[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return pairs[i].Value;
            }
        }

        return null;
    }
}
