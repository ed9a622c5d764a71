using System.Diagnostics.CodeAnalysis;

namespace Haneul.Kernel.Identity;

/// <summary>
/// An Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>, where the resource may hold colons and slashes.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"/>
/// </summary>
public sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    public const string DefaultPartition = "aws";

    /// <summary>An ARN of the <c>aws</c> partition.</summary>
    public static Arn Of(string service, string region, AccountId account, string resource) =>
        new(DefaultPartition, service, region, account.Value, resource);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        arn = null;
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[6];
        if (text.AsSpan().Split(parts, ':') != 6)
        {
            return false;
        }

        arn = new Arn(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]);
        return arn.Partition.Length > 0 && arn.Service.Length > 0 && arn.Resource.Length > 0;
    }

    /// <exception cref="FormatException">The text is not an ARN.</exception>
    public static Arn Parse(string text) => TryParse(text, out var arn) ? arn : throw new FormatException($"'{text}' is not an ARN.");

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
