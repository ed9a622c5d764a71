using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Tables;

/// <summary>ARNs of tables and what is in them.</summary>
internal static class TableArn
{
    private const string Prefix = "table/";

    public static Arn Of(AccountId account, Region region, string table) => Arn.Of("dynamodb", region.Name, account, Prefix + table);

    /// <summary>The ARN of the table that a request means by a name or an ARN, for policies.</summary>
    public static string Of(CallContext context, string? nameOrArn)
    {
        if (nameOrArn is null)
        {
            return "*";
        }

        var (account, region, name) = TableStore.Locate(context, nameOrArn);
        return Of(account, region, name).ToString();
    }

    public static string Of(CallContext context, string? nameOrArn, string? index) =>
        index is null ? Of(context, nameOrArn) : $"{Of(context, nameOrArn)}/index/{index}";

    public static bool TryParse(string text, out AccountId account, out Region region, out string name)
    {
        name = "";
        account = default;
        region = default;
        return Arn.TryParse(text, out var arn) && TryParse(arn, out account, out region, out name);
    }

    public static bool TryParse(Arn arn, out AccountId account, out Region region, out string name)
    {
        name = "";
        account = default;
        region = default;
        if (arn.Service != "dynamodb"
            || !arn.Resource.StartsWith(Prefix, StringComparison.Ordinal)
            || !AccountId.TryParse(arn.Account, out account)
            || !Region.TryParse(arn.Region, out region))
        {
            return false;
        }

        name = arn.Resource[Prefix.Length..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        name = slash < 0 ? name : name[..slash];
        return name.Length > 0;
    }
}
