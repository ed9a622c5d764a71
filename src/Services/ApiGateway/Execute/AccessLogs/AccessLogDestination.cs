using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute.AccessLogs;

/// <summary>Where a stage's access logs go: a log group.</summary>
internal static class AccessLogDestination
{
    private const string GroupPrefix = "log-group:";

    /// <summary>The log group's name; null if the ARN names none.</summary>
    public static string? Group(string? destinationArn)
    {
        if (destinationArn is null || !Arn.TryParse(destinationArn, out var arn) || arn.Service != "logs"
            || !arn.Resource.StartsWith(GroupPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = arn.Resource[GroupPrefix.Length..];
        name = name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
        return name.Length is > 0 and <= 512 && !name.Contains(':', StringComparison.Ordinal) ? name : null;
    }

    /// <summary>Why a destination cannot be taken, or null.</summary>
    /// <param name="destinationArn">The ARN.</param>
    /// <param name="context">Whose stage it is: logs stay in its account and region.</param>
    public static string? Refusal(string? destinationArn, CallContext context)
    {
        if (destinationArn is null || !Arn.TryParse(destinationArn, out var arn))
        {
            return "Invalid ARN specified in the request. ARNs must start with 'arn:'";
        }

        return arn.Service == "firehose" ? "Haneul does not support access logs to Firehose yet."
            : Group(destinationArn) is null ? "Invalid ARN specified in the request. Access logs go to a CloudWatch Logs log group."
            : arn.Region != context.Region.Name || arn.Account != context.Account.Value
                ? "Invalid ARN specified in the request. The log group must be in the API's account and region."
            : null;
    }
}
