using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;

namespace Haneul.Policy.Evaluation;

/// <summary>One permission that is asked for.</summary>
/// <param name="Principal">Who asks.</param>
/// <param name="Action">Such as <c>dynamodb:GetItem</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c>.</param>
/// <param name="Keys">What conditions may ask.</param>
public sealed record PolicyRequest(Principal Principal, string Action, string Resource, IConditionKeys Keys)
{
    /// <summary>The account that owns the resource, where its ARN does not say so.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>The resource belongs to the principal's account, or to nobody.</summary>
    internal bool SameAccount => Owner() is var owner && (owner.IsEmpty || owner is "aws" || owner.SequenceEqual(Principal.Account.Value));

    private ReadOnlySpan<char> Owner()
    {
        if (ResourceAccount is not null)
        {
            return ResourceAccount;
        }

        var rest = Resource.AsSpan();
        if (!rest.StartsWith("arn:", StringComparison.Ordinal))
        {
            return default;
        }

        for (var i = 0; i < 4; i++)
        {
            var colon = rest.IndexOf(':');
            if (colon < 0)
            {
                return default;
            }

            rest = rest[(colon + 1)..];
        }

        return rest.IndexOf(':') is var end and >= 0 ? rest[..end] : default;
    }
}
