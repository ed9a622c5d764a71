using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Policies;

/// <summary>Finds managed policies by ARN: the account's own, and AWS's.</summary>
internal static class ManagedPolicies
{
    public static PolicyRecord? Find(IamReader iam, string arn)
    {
        if (AwsPolicies.Find(arn) is { } aws)
        {
            return aws.Record;
        }

        return Name(arn) is { } name && iam.Find<PolicyRecord>(name) is { } policy && policy.ArnIn(iam.Account) == arn ? policy : null;
    }

    /// <exception cref="Kernel.Errors.ServiceException">There is no such policy.</exception>
    public static PolicyRecord Get(IamReader iam, string arn)
    {
        Parse(arn);
        return Find(iam, arn) ?? throw IamFaults.NoSuchEntity($"Policy {arn} was not found.");
    }

    /// <summary>A policy of the account, for operations that change it.</summary>
    public static PolicyRecord GetOwn(IamReader iam, string arn) => AwsPolicies.Find(arn) is null
        ? Get(iam, arn)
        : throw IamFaults.InvalidInput("Cannot perform the operation on an AWS managed policy.");

    /// <exception cref="Kernel.Errors.ServiceException">The policy cannot be attached.</exception>
    public static string Attachable(IamReader iam, string arn)
    {
        Parse(arn);
        return Find(iam, arn) is not null ? arn : throw IamFaults.NoSuchEntity($"Policy {arn} does not exist or is not attachable.");
    }

    /// <summary>What attached policies look like in answers: the name is the last part of the ARN.</summary>
    public static Contracts.AttachedPolicy ToAttached(string arn) =>
        new() { PolicyName = arn[(arn.LastIndexOf('/') + 1)..], PolicyArn = arn };

    public static string PathOf(string arn) => arn[arn.IndexOf('/')..(arn.LastIndexOf('/') + 1)];

    private static void Parse(string arn)
    {
        if (Name(arn) is null)
        {
            throw IamFaults.Validation("Invalid ARN:  Could not be parsed!");
        }
    }

    private static string? Name(string arn) =>
        Arn.TryParse(arn, out var parsed) && parsed.Service == "iam" && parsed.Resource.StartsWith("policy/", StringComparison.Ordinal)
            ? parsed.Resource[(parsed.Resource.LastIndexOf('/') + 1)..]
            : null;
}
