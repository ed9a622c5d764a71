using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Policy.Validation;

namespace Haneul.Iam.Sts;

/// <summary>What sessions have in common when they are asked for: policies, tags and how much room both take.</summary>
internal static class SessionRequest
{
    private const int MaxPolicyArns = 10;

    /// <summary>AWS does not tell its packed form's size; this one counts characters against what it documents as the limits for plain text.</summary>
    private const int Room = 2048 + (10 * 256) + (50 * 256);

    /// <exception cref="Kernel.Errors.ServiceException">A policy is malformed or does not exist.</exception>
    public static List<SessionPolicy> Policies(IamReader iam, string? inline, IReadOnlyList<PolicyDescriptorType>? arns)
    {
        var policies = new List<SessionPolicy>();
        if (inline is not null)
        {
            policies.Add(PolicyValidator.CheckIdentityPolicy(inline) is { } wrong
                ? throw StsErrors.MalformedPolicyDocumentException.With(wrong).ToException()
                : new SessionPolicy("inline session policy", inline));
        }

        if (arns?.Count > MaxPolicyArns)
        {
            throw StsFaults.Validation($"Number of policy ARNs exceeds the limit of {MaxPolicyArns}.");
        }

        foreach (var arn in (arns ?? []).Select(descriptor => descriptor.Arn).OfType<string>())
        {
            var policy = ManagedPolicies.Find(iam, arn)
                ?? throw StsErrors.MalformedPolicyDocumentException.With($"Policy {arn} does not exist or is not attachable.").ToException();
            policies.Add(new SessionPolicy(arn, policy.DefaultDocument));
        }

        return policies;
    }

    /// <exception cref="Kernel.Errors.ServiceException">Two keys differ by case alone.</exception>
    public static Dictionary<string, string> Tags(IReadOnlyList<Tag>? tags)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in tags ?? [])
        {
            if (!result.TryAdd(tag.Key, tag.Value))
            {
                throw StsFaults.InvalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }

        return result;
    }

    public static IEnumerable<KeyValuePair<string, string>> Pairs(IReadOnlyList<Tag>? tags) =>
        (tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value));

    /// <summary>In percent of what is allowed; null when the request has nothing to pack.</summary>
    /// <exception cref="Kernel.Errors.ServiceException">It is too much.</exception>
    public static int? PackedSize(string? inline, IReadOnlyList<PolicyDescriptorType>? arns, IReadOnlyDictionary<string, string> tags)
    {
        var size = (inline?.Length ?? 0) + (arns ?? []).Sum(arn => arn.Arn?.Length ?? 0) + tags.Sum(tag => tag.Key.Length + tag.Value.Length);
        if (size == 0)
        {
            return null;
        }

        var percent = ((size * 100) + Room - 1) / Room;
        return percent <= 100
            ? percent
            : throw StsErrors.PackedPolicyTooLargeException.With($"Packed size of session tags consumes {percent}% of allotted space.").ToException();
    }
}
