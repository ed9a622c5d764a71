using System.Diagnostics.CodeAnalysis;
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

    public required CredentialScope Scope { get; init; }

    public required SignedHeaders SignedHeaders { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Signature { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The time as it is signed, such as <c>20150830T123600Z</c>.</summary>
    public required string Timestamp { get; init; }

    /// <summary>For presigned URLs: how long the URL holds.</summary>
    public TimeSpan? Expires { get; init; }

    public string? SessionToken { get; init; }

    public bool IsPresigned => Expires is not null;

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

        ReadOnlySpan<char> credential = default, signedHeaders = default, signature = default;
        var rest = authorization.AsSpan(Algorithm.Length);
        foreach (var range in rest.Split(','))
        {
            var part = rest[range].Trim();
            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                return AuthRefusal.Incomplete;
            }

            var value = part[(equals + 1)..];
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
        ReadOnlySpan<char> credential, ReadOnlySpan<char> signedHeaders, ReadOnlySpan<char> signature, string? date, string? expires, string? token,
        out SignatureParts? parts)
    {
        parts = null;
        if (CredentialScope.Parse(credential) is not { AccessKeyId.Length: > 0, Date.Length: 8 } scope
            || signedHeaders.IsEmpty || signature.Length != 64 || !TryParseTime(date, out var time))
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

        if (!date.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            return AuthRefusal.WrongScope;
        }

        parts = new SignatureParts
        {
            Scope = scope,
            SignedHeaders = SignedHeaders.Parse(signedHeaders),
            Signature = signature.ToString(),
            Time = time,
            Timestamp = date,
            Expires = lifetime,
            SessionToken = token,
        };
        return AuthRefusal.None;
    }

    /// <summary>Reads <c>20150830T123600Z</c>; by hand, since every request has one and the general parser takes long for it.</summary>
    private static bool TryParseTime([NotNullWhen(true)] string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is not { Length: 16 } || text[8] != 'T' || text[15] != 'Z' || text.AsSpan().IndexOfAnyExceptInRange('0', '9') != 8
            || text.AsSpan(9, 6).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        int Number(int at, int digits)
        {
            var number = 0;
            for (var i = at; i < at + digits; i++)
            {
                number = (number * 10) + text[i] - '0';
            }

            return number;
        }

        int year = Number(0, 4), month = Number(4, 2), day = Number(6, 2), hour = Number(9, 2), minute = Number(11, 2), second = Number(13, 2);
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }
}
