using Haneul.Wire;

namespace Haneul.Gateway.Routing;

/// <summary>Key, date, region and service of a signed request: <c>AKID/20150830/us-east-1/iam/aws4_request</c>.</summary>
internal sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    /// <summary>From the Authorization header or a presigned URL; null when neither is there.</summary>
    public static CredentialScope? Of(WireRequest request)
    {
        if (request.Header("authorization") is { } header)
        {
            const string name = "Credential=";
            var start = header.IndexOf(name, StringComparison.Ordinal);
            return start < 0 ? null : Parse(header.AsSpan(start + name.Length), ',');
        }

        const string parameter = "X-Amz-Credential=";
        var at = request.RawQuery.IndexOf(parameter, StringComparison.Ordinal);
        return at < 0
            ? null
            : Parse(request.RawQuery[(at + parameter.Length)..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), '&');
    }

    private static CredentialScope? Parse(ReadOnlySpan<char> text, char end)
    {
        var stop = text.IndexOf(end);
        text = (stop < 0 ? text : text[..stop]).Trim();
        Span<Range> parts = stackalloc Range[6];
        return text.Split(parts, '/') == 5 && text[parts[4]].SequenceEqual("aws4_request")
            ? new CredentialScope(text[parts[0]].ToString(), text[parts[1]].ToString(), text[parts[2]].ToString(), text[parts[3]].ToString())
            : null;
    }
}
