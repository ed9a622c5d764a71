using System.Collections.Concurrent;
using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Sts;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Principals;

/// <summary>Finds the secret and the owner of an access key. Keys in use are remembered until anything in IAM changes.</summary>
internal sealed class CredentialSource(IamStore iam, SessionTable sessions) : ICredentials
{
    private const int CacheSize = 16_384;

    // Any thread. An entry is good in the epoch that it was read in, which was noted before reading.
    private readonly ConcurrentDictionary<string, (long Epoch, Credential Credential)> _cache = new();

    public ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel)
    {
        if (accessKeyId.Length != 20)
        {
            return default;
        }

        return accessKeyId.StartsWith(IamIds.SessionKey, StringComparison.Ordinal) ? new(sessions.FindCredential(accessKeyId))
            : accessKeyId.StartsWith(IamIds.AccessKey, StringComparison.Ordinal) ? new(FindKey(accessKeyId))
            : default;
    }

    private Credential? FindKey(string id)
    {
        var epoch = iam.Epoch;
        if (_cache.TryGetValue(id, out var cached) && cached.Epoch == epoch)
        {
            return cached.Credential;
        }

        if (KeyTable.FindOwner(iam.Keys, id) is not { } owner)
        {
            return null;
        }

        var account = AccountId.Parse(owner.Account);
        if (owner.User == KeyOwner.Nobody
            || iam.Read(account).Find<UserRecord>(owner.User) is not { } user
            || user.Keys.FirstOrDefault(key => key.Id == id) is not { } found)
        {
            return Deleted(id, account);
        }

        var credential = new Credential
        {
            AccessKeyId = id,
            SecretAccessKey = found.Secret,
            Active = found.Status == StatusType.Active,
            Principal = PrincipalOf(user, account) with { AccessKeyId = id },
        };
        if (_cache.Count >= CacheSize)
        {
            _cache.Clear();
        }

        _cache[id] = (epoch, credential);
        return credential;
    }

    private static Credential Deleted(string id, AccountId account) => new()
    {
        AccessKeyId = id,
        SecretAccessKey = "",
        Active = false,
        Principal = Principal.Anonymous with { Account = account },
    };

    public static Principal PrincipalOf(UserRecord user, AccountId account) => new()
    {
        Kind = PrincipalKind.User,
        Account = account,
        Arn = user.ArnIn(account),
        UserId = user.Id,
        UserName = user.Name,
        Tags = user.Tags,
    };
}
