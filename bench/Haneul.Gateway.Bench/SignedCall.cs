using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Haneul.Gateway.Bench;

/// <summary>A call to be sent many times, if signed, of an awsJson service: a signature holds for a quarter of an hour.</summary>
internal sealed record SignedCall(string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/";

    /// <summary>A call that carries no signature.</summary>
    public static SignedCall Plain(string host, string method, string path, string body = "") =>
        new("", body, new Dictionary<string, string> { ["Host"] = host }) { Method = method, Path = path };

    public static SignedCall Make(string host, string service, string target, string body, string key, string secret)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{now[..8]}/us-east-1/{service}/aws4_request";
        var canonical = $"POST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:{host}\nx-amz-date:{now}\nx-amz-target:{target}\n\n"
            + $"content-type;host;x-amz-date;x-amz-target\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var signing = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in scope.Split('/'))
        {
            signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(part));
        }

        var text = $"AWS4-HMAC-SHA256\n{now}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(text)));
        return new SignedCall(target, body, new Dictionary<string, string>
        {
            ["Host"] = host,
            ["Content-Type"] = "application/x-amz-json-1.0",
            ["X-Amz-Date"] = now,
            ["X-Amz-Target"] = target,
            ["Authorization"] =
                $"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature={signature}",
        });
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
