using Haneul.Iam;
using Haneul.Testing;
using Haneul.Testing.Clients;

namespace Haneul.CloudWatch.Tests;

/// <summary>What policies say about metrics and alarms, with a user's own key.</summary>
public sealed class PermissionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Namespaces_and_alarms_are_told_apart_by_policies()
    {
        await using var server = await HaneulServer.StartAsync(modules: [new CloudWatchModule(), new IamModule()]);
        var root = new OfficialClients(server.Url);
        await root.AwsAsync(Cancel, "iam", "create-user", "--user-name", "u");
        await root.AwsAsync(
            Cancel, "iam", "put-user-policy", "--user-name", "u", "--policy-name", "p", "--policy-document",
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"cloudwatch:PutMetricData","Resource":"*","Condition":{"StringEquals":{"cloudwatch:namespace":"Mine"}}},
              {"Effect":"Allow","Action":"cloudwatch:SetAlarmState","Resource":"arn:aws:cloudwatch:us-east-1:*:alarm:mine-*"}]}
            """);
        var key = (await root.AwsAsync(Cancel, "iam", "create-access-key", "--user-name", "u")).GetProperty("AccessKey");
        var user = new OfficialClients(server.Url, key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);

        await user.AwsAsync(Cancel, "cloudwatch", "put-metric-data", "--namespace", "Mine", "--metric-name", "m", "--value", "1");
        Assert.Contains(
            "(AccessDenied)",
            await user.AwsRefusedAsync(Cancel, "cloudwatch", "put-metric-data", "--namespace", "Other", "--metric-name", "m", "--value", "1"),
            StringComparison.Ordinal);
        Assert.Contains("(ResourceNotFound)", await SetStateAsync("mine-a"), StringComparison.Ordinal);
        Assert.Contains("alarm:other-a", await SetStateAsync("other-a"), StringComparison.Ordinal);

        Task<string> SetStateAsync(string alarm) => user.AwsRefusedAsync(
            Cancel, "cloudwatch", "set-alarm-state", "--alarm-name", alarm, "--state-value", "OK", "--state-reason", "r");
    }
}
