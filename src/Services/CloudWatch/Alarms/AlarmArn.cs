using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Alarms;

/// <summary>ARNs of alarms.</summary>
internal static class AlarmArn
{
    private const string Kind = "alarm:";

    public static string Of(CallContext context, string name) => Of(context.Account, context.Region, name);

    public static string Of(AccountId account, Region region, string name) => Arn.Of("cloudwatch", region.Name, account, Kind + name).ToString();

    /// <summary>The alarm's name: from its ARN, or the text itself.</summary>
    public static string Name(string nameOrArn) => Arn.TryParse(nameOrArn, out var arn) && arn.Resource.StartsWith(Kind, StringComparison.Ordinal)
        ? arn.Resource[Kind.Length..]
        : nameOrArn;
}
