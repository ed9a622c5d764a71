using Haneul.Auth;
using Haneul.Iam.Sts.WebIdentity;

namespace Haneul.Fuzz.Targets;

/// <summary>What is read before anyone is known: signatures, chunked bodies, tokens of other issuers.</summary>
internal static class AuthTargets
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset s_now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        new FuzzTarget("signature", FuzzTarget.Bytes(
            [
                $"GET /a/../b%20c?x=1&y=\nHost: h\nX-Amz-Date: 20150830T123600Z\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature={Hex}",
                $"GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20150830%2Fr%2Fs%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature={Hex}\nHost: h",
                $"GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F99991231%2Fr%2Fs%2Faws4_request&X-Amz-Date=99991231T235959Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature={Hex}\nHost: h",
            ]),
            FuzzTarget.Bytes(["00010101", "00010101T000000Z", "99991231", "host;", "%", "%zz", "%2F", "/..", "//", "X-Amz-Expires=", "Credential=", "Date: Sun, 30 Aug 2015 12:36:00 GMT\n", "\u00e9"]),
            Verify),
        new FuzzTarget("chunks", FuzzTarget.Bytes(
            [
                $"5;chunk-signature={Hex}\r\nhello\r\n0;chunk-signature={Hex}\r\n\r\n",
                "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
                $"0;chunk-signature={Hex}\r\nx-amz-checksum-crc32:AAAAAA==\nx-amz-trailer-signature:{Hex}\r\n\r\n",
            ]),
            FuzzTarget.Bytes(["\r\n", "\n", "0", "ffffffff", "7fffffff", ";chunk-signature=", ":", "x-amz-trailer-signature:"]),
            Chunks),
        FuzzTarget.OfText("web-token", [Token("""{"alg":"RS256","kid":"k"}""", """{"iss":"https://i.example","sub":"s","aud":["a"],"exp":1700000000,"nbf":1}"""), Token("""{"alg":"RS256"}""", """{"iss":"i","sub":"s","aud":"a","exp":1e300}""")],
            [".", "..", "e30", "W10", "bnVsbA", "=", "-", "_", Part("""{"alg":null}"""), Part("""{"iss":"\ud800","sub":1,"aud":[1],"exp":"x"}""")],
            text => WebToken.TryParse(text)),
    ];

    private static void Verify(byte[] input)
    {
        var request = new FuzzRequest(input);
        CredentialScope.Of(request);
        if (SignatureParts.TryRead(request, out var parts) == AuthRefusal.None)
        {
            SigV4.Verify(request, parts!, "secret", SigV4.EmptyHash, s_now);
            SigV4.Verify(request, parts!, "secret", SigV4.EmptyHash, parts!.Time, normalizePath: false);
        }
    }

    private static void Chunks(byte[] input)
    {
        var seed = new SignatureParts
        {
            Scope = CredentialScope.Parse("A/20150830/r/s/aws4_request")!, SignedHeaders = SignedHeaders.Parse("host"), Signature = Hex, Time = s_now,
            Timestamp = "20150830T123600Z",
        };
        foreach (var trailer in (bool[])[true, false])
        {
            ChunkedBody.Decode(input, verifier: null, trailer, out _, out _);
            ChunkedBody.Decode(input, new ChunkVerifier(seed, "secret"), trailer, out _, out _);
        }
    }

    private static string Token(string header, string claims) => $"{Part(header)}.{Part(claims)}.AAAA";

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
}
