using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Haneul.Kernel.Identity;
using Haneul.Testing;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Users of any account, with a policy each, in place of IAM.</summary>
public sealed class Users : ICredentials, IIdentityPolicies
{
    private const string Secret = "secret";
    private readonly ConcurrentDictionary<string, (Credential Credential, IdentityPolicies Policies)> _users = new(StringComparer.Ordinal);

    /// <summary>A client of a user; his access key is his name.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">In capitals and digits.</param>
    /// <param name="account">Whose user.</param>
    /// <param name="policy">What he may do; null for nothing.</param>
    /// <param name="sessionKeys">Further condition keys that his session carries.</param>
    public AmazonDynamoDBClient Client(
        HaneulServer server, string name, string account, string? policy, params (string Key, string Value)[] sessionKeys)
    {
        Assert.True(AccountId.TryParse(account, out var id));
        var principal = new Principal
        {
            Kind = PrincipalKind.User,
            Account = id,
            Arn = $"arn:aws:iam::{account}:user/{name}",
            UserId = "AIDA" + name,
            UserName = name,
            AccessKeyId = name,
            SessionKeys = sessionKeys.ToDictionary(pair => pair.Key, pair => pair.Value),
        };
        _users[name] = (
            new Credential { AccessKeyId = name, SecretAccessKey = Secret, Principal = principal },
            policy is null ? IdentityPolicies.None : new IdentityPolicies([new AttachedPolicy("own", policy)], null));
        return Sdk(server, name, Secret);
    }

    public static AmazonDynamoDBClient Sdk(HaneulServer server, string key, string secret, string region = "us-east-1") => new(
        new BasicAWSCredentials(key, secret),
        new AmazonDynamoDBConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = region, MaxErrorRetry = 0 });

    public ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel) =>
        new(_users.TryGetValue(accessKeyId, out var user) ? user.Credential : null);

    public ValueTask<IdentityPolicies> FindAsync(Principal principal, CancellationToken cancel) =>
        new(principal.AccessKeyId is { } key && _users.TryGetValue(key, out var user) ? user.Policies : IdentityPolicies.None);
}
