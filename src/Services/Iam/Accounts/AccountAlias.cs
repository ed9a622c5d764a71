using System.Text;
using Haneul.Iam.Storage;
using Haneul.Storage;

namespace Haneul.Iam.Accounts;

/// <summary>The name of an account, which no other account may have.</summary>
internal static class AccountAlias
{
    private const byte Version = 1;

    public static string? Owner(IPartitionReader keys, string alias)
    {
        using var value = keys.Get(IamKeyspace.Named(IamKeyspace.AliasOwners, alias));
        return value.Exists ? Encoding.UTF8.GetString(value.Span[1..]) : null;
    }

    public static void Set(IamEdit edit, Batch keys, string alias)
    {
        edit.Batch.Put(IamKeyspace.Kind(IamKeyspace.Alias), [Version, .. Encoding.UTF8.GetBytes(alias)]);
        keys.Put(IamKeyspace.Named(IamKeyspace.AliasOwners, alias), [Version, .. Encoding.UTF8.GetBytes(edit.Account.Value)]);
    }

    public static void Remove(IamEdit edit, Batch keys)
    {
        if (edit.Alias() is { } old)
        {
            edit.Batch.Delete(IamKeyspace.Kind(IamKeyspace.Alias));
            keys.Delete(IamKeyspace.Named(IamKeyspace.AliasOwners, old));
        }
    }
}
