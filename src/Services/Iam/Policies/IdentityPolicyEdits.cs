using Haneul.Iam.Storage;

namespace Haneul.Iam.Policies;

/// <summary>What users, groups and roles have in common: inline policies, attached policies and a boundary.</summary>
internal static class IdentityPolicyEdits
{
    private const int MaxAttached = 10;

    public static T PutInline<T>(T identity, string name, string document)
        where T : Identity, IEntity<T>
    {
        PolicyText.Checked(document);
        var inline = new Dictionary<string, string>(identity.Inline) { [name] = document };
        var limit = T.Resource switch { "user" => 2048, "group" => 5120, _ => 10_240 };
        if (inline.Values.Sum(PolicyText.Size) > limit)
        {
            throw IamFaults.LimitExceeded($"Maximum policy size of {limit} bytes exceeded for {T.Resource} {identity.Name}");
        }

        return (T)(identity with { Inline = inline });
    }

    public static string GetInline<T>(T identity, string name)
        where T : Identity, IEntity<T> =>
        identity.Inline.TryGetValue(name, out var document) ? document : throw NoInline<T>(name);

    public static T DeleteInline<T>(T identity, string name)
        where T : Identity, IEntity<T>
    {
        var inline = new Dictionary<string, string>(identity.Inline);
        return inline.Remove(name) ? (T)(identity with { Inline = inline }) : throw NoInline<T>(name);
    }

    public static T Attach<T>(IamReader iam, T identity, string arn)
        where T : Identity, IEntity<T>
    {
        ManagedPolicies.Attachable(iam, arn);
        if (identity.Attached.Contains(arn))
        {
            return identity;
        }

        return identity.Attached.Count < MaxAttached
            ? (T)(identity with { Attached = [.. identity.Attached, arn] })
            : throw IamFaults.Quota("PoliciesPer" + char.ToUpperInvariant(T.Resource[0]) + T.Resource[1..], MaxAttached);
    }

    public static T Detach<T>(T identity, string arn)
        where T : Identity => identity.Attached.Contains(arn)
            ? (T)(identity with { Attached = [.. identity.Attached.Where(other => other != arn)] })
            : throw IamFaults.NoSuchEntity($"Policy {arn} was not found.");

    public static T SetBoundary<T>(IamReader iam, T identity, string? arn)
        where T : Identity => (T)(identity with { Boundary = arn is null ? null : ManagedPolicies.Attachable(iam, arn) });

    /// <summary>Inline policies of an identity, in pages.</summary>
    public static IamPage<string> ListInline(Identity identity, string? marker, int? maxItems) =>
        IamPage.Of(identity.Inline.Keys.Order(StringComparer.OrdinalIgnoreCase), name => name, marker, maxItems);

    /// <summary>Attached policies of an identity, in pages.</summary>
    public static IamPage<Contracts.AttachedPolicy> ListAttached(Identity identity, string? pathPrefix, string? marker, int? maxItems) =>
        IamPage.Of(
            identity.Attached.Where(arn => ManagedPolicies.PathOf(arn).StartsWith(pathPrefix ?? "/", StringComparison.Ordinal))
                .Select(ManagedPolicies.ToAttached).OrderBy(policy => policy.PolicyName, StringComparer.OrdinalIgnoreCase),
            policy => policy.PolicyName!,
            marker,
            maxItems);

    private static Kernel.Errors.ServiceException NoInline<T>(string name)
        where T : Entity, IEntity<T> => IamFaults.NoSuchEntity($"The {T.Resource} policy with name {name} cannot be found.");
}
