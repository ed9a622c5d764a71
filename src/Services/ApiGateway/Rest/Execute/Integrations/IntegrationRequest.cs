namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>What an integration is asked: the request after mapping.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">With variables and parameters put in; without the query.</param>
/// <param name="Headers">In order.</param>
/// <param name="Query">Decoded, in order.</param>
/// <param name="Body">After the template.</param>
internal sealed record IntegrationRequest(
    string Method,
    string Uri,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<KeyValuePair<string, string>> Query,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>The query, percent-encoded, without a question mark.</summary>
    public string QueryText => string.Join('&', Query.Select(pair => $"{System.Uri.EscapeDataString(pair.Key)}={System.Uri.EscapeDataString(pair.Value)}"));

    public string? Header(string name) => RestAnswer.Last(Headers, name);
}
