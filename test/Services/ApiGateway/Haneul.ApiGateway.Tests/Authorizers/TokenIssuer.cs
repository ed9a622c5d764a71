using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Haneul.ApiGateway.Tests.Authorizers;

/// <summary>An OpenID Connect issuer on this machine: its discovery document, its keys, and tokens that it signs.</summary>
internal sealed class TokenIssuer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, RSA> _keys = [];

    public TokenIssuer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Url = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        AddKey("one");
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>How often the keys were fetched.</summary>
    public int Fetches { get; private set; }

    public void AddKey(string id) => _keys[id] = RSA.Create(2048);

    public RSAParameters PublicKey(string id) => _keys[id].ExportParameters(false);

    public string PublicPem(string id) => _keys[id].ExportSubjectPublicKeyInfoPem();

    /// <summary>A good token, with what <paramref name="change"/> makes of it.</summary>
    public string Token(DateTimeOffset now, Action<JsonObject>? change = null, string keyId = "one", Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = keyId };
        header?.Invoke(head);
        var claims = new JsonObject
        {
            ["iss"] = Url, ["aud"] = "shop", ["sub"] = "ann", ["scope"] = "read write",
            ["iat"] = now.ToUnixTimeSeconds() - 1, ["nbf"] = now.ToUnixTimeSeconds() - 1, ["exp"] = now.ToUnixTimeSeconds() + 600,
        };
        change?.Invoke(claims);
        var signed = $"{Part(head)}.{Part(claims)}";
        var signature = _keys.GetValueOrDefault(keyId, _keys["one"]).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public string KeySet()
    {
        var keys = new JsonArray();
        foreach (var (id, key) in _keys)
        {
            var parameters = key.ExportParameters(false);
            keys.Add(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = id,
                ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            });
        }

        return new JsonObject { ["keys"] = keys }.ToJsonString();
    }

    public void Dispose()
    {
        _listener.Close();
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var isKeys = context.Request.Url!.AbsolutePath == "/keys";
                Fetches += isKeys ? 1 : 0;
                var body = isKeys ? KeySet() : JsonSerializer.Serialize(new { issuer = Url, jwks_uri = Url + "/keys" });
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
