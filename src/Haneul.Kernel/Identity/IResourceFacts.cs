namespace Haneul.Kernel.Identity;

/// <summary>What authorization asks about a resource. Implemented by services whose resources carry policies or tags.</summary>
public interface IResourceFacts
{
    /// <summary>The service part of the ARNs that this one answers for, such as <c>lambda</c>.</summary>
    string Service { get; }

    ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel);

    /// <summary>For resources whose policy speaks of some actions only, as a role's trust policy speaks of assuming it.</summary>
    ValueTask<ResourceFacts> FindAsync(Arn resource, string action, CallContext context, CancellationToken cancel) =>
        FindAsync(resource, context, cancel);
}

/// <param name="Policy">The resource-based policy.</param>
/// <param name="Tags">The resource's tags, for <c>aws:ResourceTag</c>.</param>
/// <param name="PolicyRequired">The resource policy alone decides, as for trust policies of roles.</param>
/// <param name="Account">The owner, for resources whose ARN does not name it, such as buckets.</param>
public sealed record ResourceFacts(
    AttachedPolicy? Policy, IReadOnlyDictionary<string, string>? Tags = null, bool PolicyRequired = false, string? Account = null)
{
    public static ResourceFacts None { get; } = new(Policy: null);
}
