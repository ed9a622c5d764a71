using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Iam.AccessKeys;

/// <summary>Whose access keys are, and when they were used; across accounts, since a request names nothing but its key.</summary>
internal static class KeyTable
{
    public static KeyOwner? FindOwner(IPartitionReader keys, string id)
    {
        using var value = keys.Get(IamKeyspace.Named(IamKeyspace.KeyOwners, id));
        return value.Exists ? IamJson.Decode(value.Span, IamJson.Default.KeyOwner) : null;
    }

    /// <param name="keys">The partition of keys.</param>
    /// <param name="id">Of the key or role.</param>
    public static KeyUse? FindUse(IPartitionReader keys, string id)
    {
        using var value = keys.Get(IamKeyspace.Named(IamKeyspace.KeyUses, id));
        return value.Exists ? IamJson.Decode(value.Span, IamJson.Default.KeyUse) : null;
    }

    public static void Use(Batch keys, string id, KeyUse use) =>
        keys.Put(IamKeyspace.Named(IamKeyspace.KeyUses, id), IamJson.Encode(use, IamJson.Default.KeyUse));

    public static void Own(Batch keys, string id, AccountId account, string user) =>
        keys.Put(IamKeyspace.Named(IamKeyspace.KeyOwners, id), IamJson.Encode(new KeyOwner(account.Value, user), IamJson.Default.KeyOwner));

    /// <summary>The key stays known as nobody's: an unknown key may pass for an administrator's, and a deleted one must not.</summary>
    public static void Disown(Batch keys, string id, AccountId account)
    {
        Own(keys, id, account, KeyOwner.Nobody);
        keys.Delete(IamKeyspace.Named(IamKeyspace.KeyUses, id));
    }

    /// <exception cref="Kernel.Errors.ServiceException">The user has no such key.</exception>
    public static AccessKeyRecord Find(UserRecord user, string id) =>
        user.Keys.FirstOrDefault(key => key.Id == id) ?? throw IamFaults.NoSuchEntity($"The Access Key with id {id} cannot be found.");
}
