using Haneul.ApiGateway.Rest.Account;

namespace Haneul.ApiGateway.Rest.Execute.Logging;

/// <summary>The role that an account has named for its execution logs; without one none are kept.</summary>
internal sealed class LogRoles(RestTable apis)
{
    public string? Find(string account, string region) => AccountTable.Settings(apis.Partition, account, region).CloudwatchRoleArn;
}
