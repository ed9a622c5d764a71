using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Policies;

/// <summary>A policy that AWS manages, parsed once for all accounts.</summary>
internal sealed record AwsPolicy(string Arn, PolicyRecord Record, AttachedPolicy Attached);

/// <summary>
/// The policies that AWS manages and people commonly attach.
/// <see href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html"/>
/// </summary>
internal static class AwsPolicies
{
    private static readonly Lazy<FrozenDictionary<string, AwsPolicy>> s_all = new(Load);

    public static IEnumerable<AwsPolicy> All => s_all.Value.Values.OrderBy(policy => policy.Record.Name, StringComparer.Ordinal);

    public static AwsPolicy? Find(string arn) =>
        arn.StartsWith("arn:aws:iam::aws:policy/", StringComparison.Ordinal) ? s_all.Value.GetValueOrDefault(arn) : null;

    private static FrozenDictionary<string, AwsPolicy> Load()
    {
        using var stream = typeof(AwsPolicies).Assembly.GetManifestResourceStream("aws-policies.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateArray().Select(Read).ToFrozenDictionary(policy => policy.Arn);
    }

    private static AwsPolicy Read(JsonElement element)
    {
        var text = element.GetProperty("document").GetRawText();
        var created = element.GetProperty("created").GetDateTimeOffset();
        var updated = element.GetProperty("updated").GetDateTimeOffset();
        var version = int.Parse(element.GetProperty("version").GetString()!.AsSpan(1), CultureInfo.InvariantCulture);
        var arn = element.GetProperty("arn").GetString()!;
        var record = new PolicyRecord
        {
            Name = arn[(arn.LastIndexOf('/') + 1)..],
            Path = ManagedPolicies.PathOf(arn),
            Id = IdOf(arn),
            Created = created,
            Updated = updated,
            Versions = [new PolicyVersionRecord(version, text, updated)],
            Default = version,
            Next = version + 1,
        };
        return new AwsPolicy(arn, record, new AttachedPolicy(arn, text));
    }

    /// <summary>The same in every cloud, as AWS's are, though not AWS's own.</summary>
    private static string IdOf(string arn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(arn));
        return IamIds.Policy + string.Create(17, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = RandomIdSource.Base32[bytes[i] & 31];
            }
        });
    }
}
