using System.Buffers;
using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Haneul.Policy.Language;

namespace Haneul.Policy.Validation;

/// <summary>
/// Checks policies before they are stored, in the order and the words of AWS's <c>MalformedPolicyDocument</c>; null is a good policy.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"/>
/// </summary>
public static class PolicyValidator
{
    private const string Syntax = "Syntax errors in policy.";
    private const string Legacy = "The policy failed legacy parsing";

    private static readonly SearchValues<char> s_sid =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly SearchValues<char> s_vendor =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly string[] s_iamResources =
    [
        "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/", "sms-mfa/",
        "saml-provider/", "oidc-provider/", "report/", "access-report/",
    ];

    /// <summary>A policy for a user, group, role or session.</summary>
    public static string? CheckIdentityPolicy(string json)
    {
        if (!TryParse(json, out var policy, out _))
        {
            return Syntax;
        }

        if (policy.Version != PolicyDocument.CurrentVersion)
        {
            return "Policy document must be version 2012-10-17 or greater.";
        }

        return Values(policy)
            ?? Sids(policy, "Statement IDs (SID) in a single policy must be unique.")
            ?? Actions(policy)
            ?? Resources(policy)
            ?? (policy.Statements.Any(statement => statement.Principals is not null) ? "Policy document should not specify a principal." : null)
            ?? (policy.Statements.Any(statement => statement.Resources.Length == 0) ? "Policy statement must contain resources." : null);
    }

    /// <summary>A role's trust policy.</summary>
    public static string? CheckTrustPolicy(string json)
    {
        if (!TryParse(json, out var policy, out var isJson))
        {
            return isJson ? Syntax : "This policy contains invalid Json";
        }

        if (policy.Statements.Any(statement => statement.HasResource))
        {
            return "Has prohibited field Resource";
        }

        if (policy.Statements.Any(statement => statement.Principals is null))
        {
            return "Missing required field Principal";
        }

        if (policy.Statements.Any(statement => statement.Principals!.Not))
        {
            return "Has prohibited field NotPrincipal";
        }

        foreach (var statement in policy.Statements)
        {
            if (statement.Actions.Length == 0)
            {
                return "Missing required field Action";
            }

            if (statement.Actions.Any(action => !action.Source.StartsWith("sts:", StringComparison.OrdinalIgnoreCase) && action.Source != "*"))
            {
                return "AssumeRole policy may only specify STS AssumeRole actions.";
            }

            if (Principal(statement.Principals!) is { } invalid)
            {
                return invalid;
            }
        }

        return Values(policy) ?? Sids(policy, "Statement IDs (SID) in a single policy must be unique.");
    }

    /// <summary>The policy of a resource other than a role.</summary>
    public static string? CheckResourcePolicy(string json, out ResourcePolicyFault fault)
    {
        fault = ResourcePolicyFault.Document;
        if (!TryParse(json, out var policy, out var isJson))
        {
            return isJson ? Syntax : "This policy contains invalid Json";
        }

        if (policy.Statements.Any(statement => statement.Principals is null))
        {
            return "Missing required field Principal";
        }

        if (policy.Statements.Any(statement => !statement.HasResource))
        {
            return "Missing required field Resource";
        }

        var invalid = Values(policy) ?? Sids(policy, "The Statement Ids in the policy are not unique") ?? Actions(policy) ?? Resources(policy);
        if (invalid is not null)
        {
            return invalid;
        }

        fault = ResourcePolicyFault.Principal;
        var unknown = policy.Statements.Select(statement => Principal(statement.Principals!)).FirstOrDefault(found => found is not null);
        if (unknown is not null)
        {
            return unknown;
        }

        fault = ResourcePolicyFault.Unbounded;
        return policy.Statements.Any(statement => statement is { Allow: true, Principals.Everyone: true, Conditions.Length: 0 })
            ? "Everyone is allowed, without a condition."
            : null;
    }

    private static bool TryParse(string json, out PolicyDocument policy, out bool isJson)
    {
        policy = null!;
        isJson = true;
        try
        {
            policy = PolicyDocument.Parse(json);
            return policy.Statements.Count > 0;
        }
        catch (PolicyFormatException exception)
        {
            isJson = !exception.NotJson;
            return false;
        }
    }

    private static string? Principal(PrincipalSet principals)
    {
        foreach (var entry in principals.Aws)
        {
            var known = entry == "*" || AccountId.TryParse(entry, out _)
                || entry.StartsWith("AIDA", StringComparison.Ordinal) || entry.StartsWith("AROA", StringComparison.Ordinal)
                || (Arn.TryParse(entry, out var arn) && arn.Service is "iam" or "sts" && AccountId.TryParse(arn.Account, out _) && !entry.Contains('*'));
            if (!known)
            {
                return $"Invalid principal in policy: \"AWS\":\"{entry}\"";
            }
        }

        foreach (var service in principals.Services)
        {
            if (!service.Contains('.') || service.AsSpan().ContainsAny(" :/*"))
            {
                return $"Invalid principal in policy: \"SERVICE\":\"{service}\"";
            }
        }

        return null;
    }

    /// <summary>Condition values that cannot mean what their operator compares.</summary>
    private static string? Values(PolicyDocument policy)
    {
        foreach (var condition in policy.Statements.SelectMany(statement => statement.Conditions))
        {
            foreach (var value in condition.Values)
            {
                var good = value.Contains("${", StringComparison.Ordinal) || condition.Operator.Comparison switch
                {
                    >= Comparison.DateEquals and <= Comparison.DateGreaterThanEquals => Operands.Date(value) is not null,
                    >= Comparison.NumericEquals and <= Comparison.NumericGreaterThanEquals => Operands.Number(value) is not null,
                    Comparison.IpAddress => Operands.IsRange(value),
                    _ => true,
                };
                if (!good)
                {
                    return Legacy;
                }
            }
        }

        return null;
    }

    private static string? Sids(PolicyDocument policy, string otherwise)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sid in policy.Statements.Select(statement => statement.Sid).OfType<string>())
        {
            if (sid.AsSpan().ContainsAnyExcept(s_sid))
            {
                return $"Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
            }

            if (sid.Length > 0 && !seen.Add(sid))
            {
                return otherwise;
            }
        }

        return null;
    }

    private static string? Actions(PolicyDocument policy)
    {
        if (policy.Statements.Any(statement => statement.Actions.Length == 0))
        {
            return "Policy statement must contain actions.";
        }

        foreach (var action in policy.Statements.SelectMany(statement => statement.Actions).Select(action => action.Source))
        {
            var parts = action.Split(':');
            if (parts.Length == 1 && action != "*")
            {
                return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
            }

            if (parts.Length > 2)
            {
                return "Actions/Condition can contain only one colon.";
            }

            if (parts.Length == 2 && (parts[0].Length == 0 || parts[0].AsSpan().ContainsAnyExcept(s_vendor)))
            {
                return $"Vendor {parts[0]} is not valid";
            }
        }

        return null;
    }

    private static string? Resources(PolicyDocument policy)
    {
        foreach (var resource in policy.Statements.SelectMany(statement => statement.Resources).Select(pattern => pattern.Source))
        {
            if (resource == "*")
            {
                continue;
            }

            var parts = resource.Split(':', 6);
            if (parts.Length < 3 || parts[0] != "arn")
            {
                return $"Resource {resource} must be in ARN format or \"*\".";
            }

            if (parts[1] is not ("aws" or "aws-cn" or "aws-us-gov" or "aws-iso" or "aws-iso-b" or "*" or "${aws:Partition}"))
            {
                return $"Partition \"{parts[1]}\" is not valid for resource \"{Padded(parts)}\".";
            }

            if (parts[2].AsSpan().ContainsAny("*?"))
            {
                return "Resource vendor must be fully qualified and cannot contain regexes.";
            }

            if (parts.Length < 6 && !resource.EndsWith('*'))
            {
                return Legacy;
            }

            if (parts[2] == "iam" && parts is [_, _, _, var region, ..] && region is not ("" or "*"))
            {
                return $"IAM resource {resource} cannot contain region information.";
            }

            if (parts is [_, _, "iam", _, _, var path] && path is not ("*" or "root") && !path.StartsWith('*')
                && !s_iamResources.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            {
                return $"IAM resource path must either be \"*\" or start with {string.Join(", ", s_iamResources)}.";
            }
        }

        return null;
    }

    private static string Padded(string[] parts) => string.Join(':', parts.Concat(Enumerable.Repeat("*", 6 - parts.Length)));
}
