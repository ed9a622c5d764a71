using System.Globalization;

namespace Haneul.Auth;

/// <summary>
/// The parts of a Signature Version 4, from the Authorization header or a presigned URL.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html"/>
/// </summary>
public sealed record SignatureParts
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    public required string AccessKeyId { get; init; }

    /// <summary>Eight digits.</summary>
    public required string Date { get; init; }

    public required string Region { get; init; }

    public required string Service { get; init; }

    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Signature { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The time as it is signed, such as <c>20150830T123600Z</c>.</summary>
    public required string Timestamp { get; init; }

    /// <summary>For presigned URLs: how long the URL holds.</summary>
    public TimeSpan? Expires { get; init; }

    public string? SessionToken { get; init; }

    public bool IsPresigned => Expires is not null;

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Whether a query holds a signature.</summary>
    public static bool InQuery(string rawQuery) => rawQuery.Contains("X-Amz-Algorithm=", StringComparison.Ordinal);

    /// <summary>Reads the signature of a request.</summary>
    public static AuthRefusal TryRead(ISignedRequest request, out SignatureParts? parts)
    {
        parts = null;
        if (request.Header("authorization") is [{ } authorization, ..])
        {
            return FromHeader(request, authorization, out parts);
        }

        return InQuery(request.RawQuery)
            ? FromQuery(request.RawQuery, out parts)
            : AuthRefusal.Missing;
    }

    private static AuthRefusal FromHeader(ISignedRequest request, string authorization, out SignatureParts? parts)
    {
        parts = null;
        if (!authorization.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            return AuthRefusal.Incomplete;
        }

        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in authorization.AsSpan(Algorithm.Length).Split(','))
        {
            var part = authorization.AsSpan(Algorithm.Length)[range].Trim();
            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                return AuthRefusal.Incomplete;
            }

            var value = part[(equals + 1)..].ToString();
            switch (part[..equals])
            {
                case "Credential":
                    credential = value;
                    break;
                case "SignedHeaders":
                    signedHeaders = value;
                    break;
                case "Signature":
                    signature = value;
                    break;
            }
        }

        var date = request.Header("x-amz-date") is [{ } own, ..] ? own : FromDateHeader(request);
        var token = request.Header("x-amz-security-token") is [{ } header, ..] ? header : null;
        return Make(credential, signedHeaders, signature, date, expires: null, token, out parts);
    }

    // Old clients sign the Date header instead.
    private static string? FromDateHeader(ISignedRequest request) =>
        request.Header("date") is [{ } text, ..] && DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Format(time)
            : null;

    private static AuthRefusal FromQuery(string query, out SignatureParts? parts)
    {
        parts = null;
        string? credential = null, signedHeaders = null, signature = null, date = null, expires = null, token = null, algorithm = null;
        foreach (var (name, value) in CanonicalQuery.Parse(query))
        {
            switch (name)
            {
                case "X-Amz-Algorithm":
                    algorithm = value;
                    break;
                case "X-Amz-Credential":
                    credential = value;
                    break;
                case "X-Amz-SignedHeaders":
                    signedHeaders = value;
                    break;
                case "X-Amz-Signature":
                    signature = value;
                    break;
                case "X-Amz-Date":
                    date = value;
                    break;
                case "X-Amz-Expires":
                    expires = value;
                    break;
                case "X-Amz-Security-Token":
                    token = value;
                    break;
            }
        }

        return algorithm != Algorithm || expires is null
            ? AuthRefusal.Incomplete
            : Make(credential, signedHeaders, signature, date, expires, token, out parts);
    }

    private static AuthRefusal Make(
        string? credential, string? signedHeaders, string? signature, string? date, string? expires, string? token, out SignatureParts? parts)
    {
        parts = null;
        var scope = credential?.Split('/') ?? [];
        if (scope is not [{ Length: > 0 } key, { Length: 8 } day, { } region, { } service, "aws4_request"]
            || signedHeaders is not { Length: > 0 } || signature is not { Length: 64 } || date is null
            || !DateTimeOffset.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return AuthRefusal.Incomplete;
        }

        TimeSpan? lifetime = null;
        if (expires is not null)
        {
            // At most seven days.
            if (!int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 604_800)
            {
                return AuthRefusal.Incomplete;
            }

            lifetime = TimeSpan.FromSeconds(seconds);
        }

        if (!date.StartsWith(day, StringComparison.Ordinal))
        {
            return AuthRefusal.WrongScope;
        }

        parts = new SignatureParts
        {
            AccessKeyId = key,
            Date = day,
            Region = region,
            Service = service,
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Time = time,
            Timestamp = date,
            Expires = lifetime,
            SessionToken = token,
        };
        return AuthRefusal.None;
    }
}
