namespace Haneul.ApiGateway.Rest.Execute.Logging;

/// <summary>The role that an account has named for its execution logs; without one none are kept.</summary>
internal sealed class LogRoles(RestTable apis)
{
    public string? Find(string account, string region)
    {
        _ = (apis, account, region);
        return null;
    }
}
