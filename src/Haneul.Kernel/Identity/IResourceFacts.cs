namespace Haneul.Kernel.Identity;

/// <summary>What authorization asks about a resource. Implemented by services whose resources carry policies or tags.</summary>
public interface IResourceFacts
{
    /// <summary>The service part of the ARNs that this one answers for, such as <c>lambda</c>.</summary>
    string Service { get; }

    ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel);
}

/// <param name="Policy">The resource-based policy.</param>
/// <param name="Tags">The resource's tags, for <c>aws:ResourceTag</c>.</param>
/// <param name="PolicyRequired">The resource policy alone decides, as for trust policies of roles.</param>
public sealed record ResourceFacts(AttachedPolicy? Policy, IReadOnlyDictionary<string, string>? Tags = null, bool PolicyRequired = false)
{
    public static ResourceFacts None { get; } = new(Policy: null);
}
