using System.Text;

namespace Haneul.Auth.Tests;

/// <summary>
/// The examples of AWS's documentation, with its key and signatures.
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html"/>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html"/>
/// </summary>
public sealed class ChunkedBodyTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private const string TrailerSeed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";

    private static readonly string s_signed =
        "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" + new string('a', 65_536)
        + "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" + new string('a', 1024)
        + "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";

    private static readonly string s_trailer =
        "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n" + new string('a', 65_536)
        + "\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n" + new string('a', 1024)
        + "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
        + "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";

    [Fact]
    public void The_published_seed_signature_holds()
    {
        var request = new RawRequest(
            "PUT /examplebucket/chunkObject.txt HTTP/1.1\nHost:s3.amazonaws.com\nx-amz-date:20130524T000000Z\n"
            + "x-amz-storage-class:REDUCED_REDUNDANCY\nContent-Encoding:aws-chunked\nx-amz-decoded-content-length:66560\nContent-Length:66824\n"
            + "x-amz-content-sha256:" + ChunkedPayload.Signed + "\nAuthorization:AWS4-HMAC-SHA256 "
            + "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;"
            + "x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=" + Seed + "\n");
        Assert.Equal(AuthRefusal.None, SignatureParts.TryRead(request, out var parts));
        Assert.Equal(AuthRefusal.None, SigV4.Verify(request, parts!, Secret, ChunkedPayload.Signed, parts!.Time, normalizePath: false));
    }

    [Fact]
    public void The_published_chunks_hold()
    {
        Assert.Equal(ChunkedRefusal.None, Decode(s_signed, Seed, hasTrailer: false, out var body, out _));
        Assert.Equal(66_560, body.Length);
    }

    [Fact]
    public void The_published_trailer_holds()
    {
        Assert.Equal(ChunkedRefusal.None, Decode(s_trailer, TrailerSeed, hasTrailer: true, out var body, out var trailers));
        Assert.Equal(66_560, body.Length);
        Assert.Equal(new("x-amz-checksum-crc32c", "sOO8/Q=="), Assert.Single(trailers));
    }

    [Fact]
    public void A_changed_byte_order_or_trailer_is_found()
    {
        Assert.Equal(ChunkedRefusal.Mismatch, Decode(s_signed.Replace("\naaa", "\naba", StringComparison.Ordinal), Seed, hasTrailer: false, out _, out _));
        Assert.Equal(ChunkedRefusal.Mismatch, Decode(s_signed, TrailerSeed, hasTrailer: false, out _, out _));
        Assert.Equal(
            ChunkedRefusal.Mismatch, Decode(s_trailer.Replace("sOO8", "sOO9", StringComparison.Ordinal), TrailerSeed, hasTrailer: true, out _, out _));
        var unsigned = s_trailer[..s_trailer.IndexOf("x-amz-trailer-signature", StringComparison.Ordinal)] + "\r\n";
        Assert.Equal(ChunkedRefusal.Mismatch, Decode(unsigned, TrailerSeed, hasTrailer: true, out _, out _));
    }

    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", ChunkedRefusal.None)]
    [InlineData("3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n", ChunkedRefusal.None)]
    [InlineData("4\r\nabc", ChunkedRefusal.Incomplete)]
    [InlineData("3\r\nabcd\r\n0\r\n\r\n", ChunkedRefusal.Malformed)]
    [InlineData("-3\r\nabc\r\n0\r\n\r\n", ChunkedRefusal.Malformed)]
    [InlineData("ffffffff\r\nabc\r\n0\r\n\r\n", ChunkedRefusal.Malformed)]
    [InlineData("", ChunkedRefusal.Malformed)]
    [InlineData("0\r\nnocolon\r\n\r\n", ChunkedRefusal.Malformed)]
    public void Unsigned_chunks_are_read_strictly(string text, ChunkedRefusal expected) =>
        Assert.Equal(expected, ChunkedBody.Decode(Encoding.ASCII.GetBytes(text), verifier: null, hasTrailer: true, out _, out _));

    private static ChunkedRefusal Decode(
        string text, string seed, bool hasTrailer, out ReadOnlyMemory<byte> body, out IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        var parts = new SignatureParts
        {
            Scope = CredentialScope.Parse("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request")!, SignedHeaders = SignedHeaders.Parse("host"),
            Signature = seed,
            Time = DateTimeOffset.UnixEpoch,
            Timestamp = "20130524T000000Z",
        };
        return ChunkedBody.Decode(Encoding.ASCII.GetBytes(text), new ChunkVerifier(parts, Secret), hasTrailer, out body, out trailers);
    }
}
