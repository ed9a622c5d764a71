using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Haneul.Auth;

/// <summary>
/// Derives the key that signs a day's requests to one service in one region. A derivation takes four hashes, so that the last ones are kept;
/// a key whose secret has changed is derived anew.
/// </summary>
internal static class SigningKeys
{
    private const int MaxKept = 4096;

    private static readonly ConcurrentDictionary<Scope, Derived> s_kept = new();

    public static SigningKey Of(string secret, SignatureParts parts)
    {
        var scope = new Scope(parts.AccessKeyId, parts.Date, parts.Region, parts.Service);
        if (s_kept.TryGetValue(scope, out var kept) && kept.Secret == secret)
        {
            return kept.Key;
        }

        if (s_kept.Count >= MaxKept)
        {
            s_kept.Clear();
        }

        var key = new SigningKey(Derive(secret, parts));
        s_kept[scope] = new Derived(secret, key);
        return key;
    }

    private static byte[] Derive(string secret, SignatureParts parts)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(parts.Date));
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(parts.Region), key);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(parts.Service), key);
        HMACSHA256.HashData(key, "aws4_request"u8, key);
        return key;
    }

    private readonly record struct Scope(string AccessKeyId, string Date, string Region, string Service);

    private sealed class Derived(string secret, SigningKey key)
    {
        public string Secret => secret;

        public SigningKey Key => key;
    }
}
