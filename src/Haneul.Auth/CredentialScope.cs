namespace Haneul.Auth;

/// <summary>
/// Key, date, region and service of a signed request: <c>AKID/20150830/us-east-1/iam/aws4_request</c>. The requests of a client in one day share
/// one, and with it the key that their signatures are checked with.
/// </summary>
public sealed class CredentialScope
{
    private static readonly KnownTexts<CredentialScope> s_known = new(Make);

    private Derived? _derived;

    private CredentialScope(string accessKeyId, string date, string region, string service)
    {
        AccessKeyId = accessKeyId;
        Date = date;
        Region = region;
        Service = service;
        Text = $"{date}/{region}/{service}/aws4_request";
    }

    public string AccessKeyId { get; }

    /// <summary>Eight digits, in a request that can be verified.</summary>
    public string Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>The scope as it is signed, without the key.</summary>
    public string Text { get; }

    /// <summary>Null for a text of another form.</summary>
    public static CredentialScope? Parse(ReadOnlySpan<char> text) => s_known.Of(text);

    /// <summary>From the Authorization header or a presigned URL, whatever else may be wrong with it; null when neither is there.</summary>
    public static CredentialScope? Of(ISignedRequest request)
    {
        if (request.Header("authorization") is [{ } header, ..])
        {
            const string name = "Credential=";
            var start = header.IndexOf(name, StringComparison.Ordinal);
            return start < 0 ? null : Until(header.AsSpan(start + name.Length), ',');
        }

        const string parameter = "X-Amz-Credential=";
        var at = request.RawQuery.IndexOf(parameter, StringComparison.Ordinal);
        return at < 0
            ? null
            : Until(request.RawQuery[(at + parameter.Length)..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), '&');
    }

    /// <summary>The key that signs in this scope; deriving it takes four hashes.</summary>
    internal SigningKey KeyFor(string secret)
    {
        var derived = _derived;
        if (derived is null || derived.Secret != secret)
        {
            derived = new Derived(secret, new SigningKey(secret, this));
            _derived = derived;
        }

        return derived.Key;
    }

    private static CredentialScope? Until(ReadOnlySpan<char> text, char end)
    {
        var stop = text.IndexOf(end);
        return Parse((stop < 0 ? text : text[..stop]).Trim());
    }

    private static CredentialScope? Make(string text) =>
        text.Split('/') is [var key, var date, var region, var service, "aws4_request"] ? new CredentialScope(key, date, region, service) : null;

    private sealed record Derived(string Secret, SigningKey Key);
}
