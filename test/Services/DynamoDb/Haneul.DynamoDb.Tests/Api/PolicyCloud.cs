using Amazon.DynamoDBv2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>A cloud with users of several accounts.</summary>
public abstract class PolicyCloud : Cloud
{
    protected const string Own = "000000000000";
    protected const string Other = "111122223333";
    protected const string TabArn = $"arn:aws:dynamodb:us-east-1:{Own}:table/tab";

    protected Users People { get; } = new();

    protected override bool HasOwnOptions => true;

    protected override bool RunsWithTheMachine => true;

    protected override IServiceModule[] Modules => [new DynamoDbModule(), new DynamoDbStreamsModule()];

    protected override Action<IServiceCollection> Configure => services =>
    {
        services.AddSingleton<ICredentials>(People);
        services.AddSingleton<IIdentityPolicies>(People);
    };

    protected static string Allow(string actions, string resource, string? condition = null) => Policy(actions, resource, condition, principal: null);

    protected static string Policy(string actions, string resource, string? condition, string? principal, string effect = "Allow") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}",{{(principal is null ? "" : $"\"Principal\":{principal},")}}"Action":[{{actions}}],"Resource":{{resource}}{{(condition is null ? "" : $",\"Condition\":{condition}")}}}]}""";

    protected static async Task DeniedAsync(Func<Task> call) =>
        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(call)).ErrorCode);
}
