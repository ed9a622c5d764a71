using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Haneul.Auth.Tests;

public sealed class SigV4Tests
{
    private static readonly JsonElement s_cases =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "aws-c-auth-v4.json"))).RootElement;

    public static TheoryData<string> Cases => [.. s_cases.EnumerateObject().Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Published_header_signatures_hold(string name) => Check(name, "header");

    // In this one case the token joins the query after signing. Only AWS IoT's device gateway takes such URLs; for every other service the
    // token is part of what is signed.
    public static TheoryData<string> PresignedCases =>
        [.. s_cases.EnumerateObject().Select(item => item.Name).Where(name => name != "post-sts-header-after")];

    [Theory]
    [MemberData(nameof(PresignedCases))]
    public void Published_presigned_urls_hold(string name) => Check(name, "query");

    [Fact]
    public void A_changed_method_breaks_the_signature()
    {
        var text = s_cases.GetProperty("get-vanilla").GetProperty("header-signed-request.txt").GetString()!;
        var request = new RawRequest("PUT" + text[3..]);
        Assert.Equal(AuthRefusal.Mismatch, Verify(request, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-16, AuthRefusal.Expired)]
    [InlineData(-14, AuthRefusal.None)]
    [InlineData(14, AuthRefusal.None)]
    [InlineData(16, AuthRefusal.Expired)]
    public void A_header_signature_holds_for_a_quarter_of_an_hour(int minutes, AuthRefusal expected)
    {
        var request = new RawRequest(s_cases.GetProperty("get-vanilla").GetProperty("header-signed-request.txt").GetString()!);
        Assert.Equal(expected, Verify(request, TimeSpan.FromMinutes(minutes)));
    }

    [Theory]
    [InlineData(59, AuthRefusal.None)]
    [InlineData(61, AuthRefusal.Expired)]
    public void A_presigned_url_holds_as_long_as_it_says(int minutes, AuthRefusal expected)
    {
        var request = new RawRequest(s_cases.GetProperty("get-vanilla").GetProperty("query-signed-request.txt").GetString()!);
        Assert.Equal(expected, Verify(request, TimeSpan.FromMinutes(minutes)));
    }

    [Fact]
    public void A_presigned_url_of_the_last_second_there_is_is_refused()
    {
        var signature = new string('0', 64);
        var request = new RawRequest(
            "GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F99991231%2Fr%2Fs%2Faws4_request&X-Amz-Date=99991231T235959Z"
                + $"&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature={signature} HTTP/1.1\nHost:h\n");
        Assert.Equal(AuthRefusal.None, SignatureParts.TryRead(request, out var parts));
        Assert.Equal(AuthRefusal.Expired, SigV4.Verify(request, parts!, "secret", SigV4.EmptyHash, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost:h\n", AuthRefusal.Missing)]
    [InlineData("GET / HTTP/1.1\nHost:h\nAuthorization:Basic abc\n", AuthRefusal.Incomplete)]
    [InlineData("GET / HTTP/1.1\nHost:h\nAuthorization:AWS4-HMAC-SHA256 Credential=a/20150830/r/s/aws4_request\n", AuthRefusal.Incomplete)]
    [InlineData("GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a HTTP/1.1\nHost:h\n", AuthRefusal.Incomplete)]
    public void What_is_no_signature_is_refused(string text, AuthRefusal expected) =>
        Assert.Equal(expected, SignatureParts.TryRead(new RawRequest(text), out _));

    private static AuthRefusal Verify(RawRequest request, TimeSpan later)
    {
        Assert.Equal(AuthRefusal.None, SignatureParts.TryRead(request, out var parts));
        return SigV4.Verify(request, parts!, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", SigV4.EmptyHash, parts!.Time + later);
    }

    private static void Check(string name, string kind)
    {
        var files = s_cases.GetProperty(name);
        var context = JsonDocument.Parse(files.GetProperty("context.json").GetString()!).RootElement;
        var request = new RawRequest(files.GetProperty(kind + "-signed-request.txt").GetString()!);
        var normalize = context.GetProperty("normalize").GetBoolean();
        var secret = context.GetProperty("credentials").GetProperty("secret_access_key").GetString()!;
        var now = DateTimeOffset.Parse(context.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body)));

        Assert.Equal(AuthRefusal.None, SignatureParts.TryRead(request, out var parts));
        var canonical = CanonicalRequest.Build(request, parts!.SignedHeaders, hash, parts.IsPresigned, normalize);
        Assert.Equal(files.GetProperty(kind + "-canonical-request.txt").GetString(), canonical);
        Assert.Equal(AuthRefusal.None, SigV4.Verify(request, parts, secret, hash, now, normalize));
        Assert.Equal(AuthRefusal.Mismatch, SigV4.Verify(request, parts, secret + "x", hash, now, normalize));
    }
}
