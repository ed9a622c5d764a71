using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Iam.Storage;

/// <summary>
/// All keys of IAM and STS.
/// <code>
/// iam/ACCOUNT    01 name           -> user: version, JSON; its groups, keys and policies with it
///                02 name           -> group
///                03 name           -> role
///                04 name           -> managed policy with its versions
///                05 name           -> instance profile
///                06 url            -> OpenID Connect provider
///                07                -> alias of the account
/// iam-keys       01 key id         -> owner of an access key: version, JSON
///                02 key or role id -> when it was last used
///                03 alias          -> the account that has it
/// sts            01 key id         -> session: version, JSON
///                02 expiry key id  -> nothing; finds the sessions that are over
/// </code>
/// Names are in small letters, since IAM's names differ by more than case. Texts are in order-preserving form.
/// </summary>
internal static class IamKeyspace
{
    public const byte Users = 1;
    public const byte Groups = 2;
    public const byte Roles = 3;
    public const byte Policies = 4;
    public const byte InstanceProfiles = 5;
    public const byte Providers = 6;
    public const byte Alias = 7;

    public const byte KeyOwners = 1;
    public const byte KeyUses = 2;
    public const byte AliasOwners = 3;

    public const byte Sessions = 1;
    public const byte SessionEnds = 2;

    public static PartitionId Keys { get; } = PartitionId.Of("iam-keys");

    public static PartitionId Sts { get; } = PartitionId.Of("sts");

    public static PartitionId Account(AccountId account) => PartitionId.Of("iam", account.Value);

    public static byte[] Kind(byte kind) => [kind];

    public static byte[] Named(byte kind, string name)
    {
        var key = new KeyWriter(stackalloc byte[160]);
        try
        {
            key.WriteByte(kind);
            key.WriteText(name.ToLowerInvariant());
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }

    public static byte[] SessionEnd(DateTimeOffset time, string keyId)
    {
        var key = new KeyWriter(stackalloc byte[64]);
        try
        {
            key.WriteByte(SessionEnds);
            key.WriteTime(time);
            key.WriteText(keyId);
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }
}
