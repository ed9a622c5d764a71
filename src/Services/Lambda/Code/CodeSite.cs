using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Haneul.Http;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.Lambda.Code;

/// <summary>Serves archives at the addresses that <c>GetFunction</c> hands out; each is good for ten minutes, as AWS's are.</summary>
internal sealed class CodeSite(CodeStore code, TimeProvider time) : IHttpSite
{
    private const string Prefix = "/_haneul/lambda/code/";
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(10);

    // Made anew at every start: an address is for the moment.
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public string UrlFor(string archive, CallContext context)
    {
        var expires = (time.GetUtcNow() + s_life).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"{context.Endpoint}{Prefix}{archive}?expires={expires}&signature={Sign(archive, expires)}");
    }

    public string Name => "lambda-code";

    public bool Owns(string host, string rawPath) => rawPath.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext http, string requestId)
    {
        var archive = http.Request.Path.Value![Prefix.Length..];
        var query = http.Request.Query;
        if (!HttpMethods.IsGet(http.Request.Method)
            || !long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            || expires < time.GetUtcNow().ToUnixTimeSeconds()
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(archive, expires)), Encoding.ASCII.GetBytes(query["signature"].ToString()))
            || !File.Exists(code.Archive(archive)))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "application/zip";
        await http.Response.SendFileAsync(code.Archive(archive), http.RequestAborted);
    }

    private string Sign(string archive, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{archive}\n{expires}"))));
}
