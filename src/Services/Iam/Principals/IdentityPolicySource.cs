using System.Collections.Concurrent;
using Haneul.Iam.Groups;
using Haneul.Iam.Policies;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Principals;

/// <summary>Finds the policies of users and roles. What was found is remembered until anything in IAM changes, so a change acts at once.</summary>
internal sealed class IdentityPolicySource(IamStore iam) : IIdentityPolicies
{
    private const int CacheSize = 4096;

    private static readonly IdentityPolicies s_root = new([AwsPolicies.Find("arn:aws:iam::aws:policy/AdministratorAccess")!.Attached], null);

    // Any thread. An entry is good in the epoch that it was read in, which was noted before reading.
    private readonly ConcurrentDictionary<string, Found> _cache = new();

    public ValueTask<IdentityPolicies> FindAsync(Principal principal, CancellationToken cancel)
    {
        if (principal is { Kind: PrincipalKind.FederatedUser, UserName: null })
        {
            // A federated user that root vouches for.
            return new(s_root);
        }

        var arn = principal.RoleArn ?? principal.Arn;
        var name = principal.RoleArn is null ? principal.UserName : Last(arn);
        if (name is null)
        {
            return new(IdentityPolicies.None);
        }

        var key = principal.Kind == PrincipalKind.FederatedUser ? $"{principal.Account}/{name}" : arn;
        var epoch = iam.Epoch;
        if (!_cache.TryGetValue(key, out var found) || found.Epoch != epoch)
        {
            found = Read(principal, name, epoch);
            if (_cache.Count >= CacheSize)
            {
                _cache.Clear();
            }

            _cache[key] = found;
        }

        // A user or role that was deleted and made again is another one: its old sessions get nothing.
        return new(found.Id is { } id && (principal.Kind == PrincipalKind.FederatedUser || IsOf(principal.UserId, id))
            ? found.Policies
            : IdentityPolicies.None);
    }

    /// <summary>The policies of any identity by its ARN, for simulations; null when there is none.</summary>
    public static IdentityPolicies? Of(IamReader reader, string arn)
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "iam")
        {
            return null;
        }

        var name = Last(parsed.Resource);
        return parsed.Resource.Split('/')[0] switch
        {
            "user" => reader.Find<UserRecord>(name) is { } user ? Of(reader, user) : null,
            "group" => reader.Find<GroupRecord>(name) is { } group ? new IdentityPolicies([.. Documents(reader, group)], null) : null,
            "role" => reader.Find<RoleRecord>(name) is { } role ? Of(reader, role) : null,
            _ => null,
        };
    }

    private Found Read(Principal principal, string name, long epoch)
    {
        var reader = iam.Read(principal.Account);
        if (principal.RoleArn is not null)
        {
            return reader.Find<RoleRecord>(name) is { } role ? new Found(epoch, role.Id, Of(reader, role)) : new Found(epoch, null, IdentityPolicies.None);
        }

        return reader.Find<UserRecord>(name) is { } user ? new Found(epoch, user.Id, Of(reader, user)) : new Found(epoch, null, IdentityPolicies.None);
    }

    private static IdentityPolicies Of(IamReader reader, UserRecord user) => new(
        [.. Documents(reader, user), .. user.Groups.Select(reader.Find<GroupRecord>).OfType<GroupRecord>().SelectMany(group => Documents(reader, group))],
        Boundary(reader, user));

    private static IdentityPolicies Of(IamReader reader, RoleRecord role) => new([.. Documents(reader, role)], Boundary(reader, role));

    private static IEnumerable<AttachedPolicy> Documents<T>(IamReader reader, T identity)
        where T : Identity, IEntity<T>
    {
        foreach (var (name, document) in identity.Inline)
        {
            yield return new AttachedPolicy($"{name} of {T.Resource} {identity.Name}", document);
        }

        foreach (var arn in identity.Attached)
        {
            if (Managed(reader, arn) is { } policy)
            {
                yield return policy;
            }
        }
    }

    private static AttachedPolicy? Boundary(IamReader reader, Identity identity) =>
        identity.Boundary is not { } arn ? null

        // A boundary whose policy is gone allows nothing.
        : Managed(reader, arn) ?? new AttachedPolicy(arn, "{}");

    private static AttachedPolicy? Managed(IamReader reader, string arn) =>
        AwsPolicies.Find(arn)?.Attached
        ?? (ManagedPolicies.Find(reader, arn) is { } policy ? new AttachedPolicy(arn, policy.DefaultDocument) : null);

    private static bool IsOf(string userId, string id) =>
        userId.StartsWith(id, StringComparison.Ordinal) && (userId.Length == id.Length || userId[id.Length] == ':');

    private static string Last(string text) => text[(text.LastIndexOf('/') + 1)..];

    private sealed record Found(long Epoch, string? Id, IdentityPolicies Policies);
}
