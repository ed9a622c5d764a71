using Haneul.Iam.Contracts;
using Haneul.Policy.Validation;

namespace Haneul.Iam.Policies;

/// <summary>Documents on their way in and out.</summary>
internal static class PolicyText
{
    /// <summary>
    /// Answers carry documents percent-encoded.
    /// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html"/>
    /// </summary>
    public static string Encode(string document) => Uri.EscapeDataString(document);

    /// <exception cref="Kernel.Errors.ServiceException">The document is no policy for an identity.</exception>
    public static string Checked(string document) =>
        PolicyValidator.CheckIdentityPolicy(document) is { } wrong ? throw IamFaults.Malformed(wrong) : document;

    /// <exception cref="Kernel.Errors.ServiceException">The document is no managed policy.</exception>
    public static string CheckedManaged(string document)
    {
        Checked(document);
        return Size(document) <= 6144 ? document : throw IamFaults.Quota("PolicySize", 6144);
    }

    /// <exception cref="Kernel.Errors.ServiceException">The document is no trust policy.</exception>
    public static string CheckedTrust(string document)
    {
        if (PolicyValidator.CheckTrustPolicy(document) is { } wrong)
        {
            throw IamFaults.Malformed(wrong);
        }

        return Size(document) <= 2048 ? document : throw IamFaults.Quota("ACLSizePerRole", 2048);
    }

    /// <summary>What AWS counts: white space is free.</summary>
    public static int Size(string document) => document.Count(c => !char.IsWhiteSpace(c));
}

/// <summary>Permissions boundaries in answers.</summary>
internal static class Boundaries
{
    public static AttachedPermissionsBoundary? ToContract(string? arn) => arn is null
        ? null
        : new AttachedPermissionsBoundary { PermissionsBoundaryType = PermissionsBoundaryAttachmentType.PermissionsBoundaryPolicy, PermissionsBoundaryArn = arn };
}
