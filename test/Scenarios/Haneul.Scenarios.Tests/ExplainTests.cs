using System.Globalization;
using Haneul.Testing;
using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

public sealed class ExplainTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_denial_is_explained_by_the_policy_and_statement_that_denied()
    {
        var aws = cloud.Clients;
        await aws.AwsAsync(Cancel, "iam", "create-user", "--user-name", "eve");
        await aws.AwsAsync(
            Cancel, "iam", "put-user-policy", "--user-name", "eve", "--policy-name", "most", "--policy-document",
            """{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"dynamodb:*","Resource":"*"},{"Sid":"NoDelete","Effect":"Deny","Action":"dynamodb:DeleteTable","Resource":"*"}]}""");
        var key = (await aws.AwsAsync(Cancel, "iam", "create-access-key", "--user-name", "eve")).GetProperty("AccessKey");
        var eve = new OfficialClients(cloud.Url, key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
        Assert.Contains(
            "user/eve is not authorized to perform: dynamodb:DeleteTable on resource: arn:aws:dynamodb:us-east-1:000000000000:table/ttt "
            + "with an explicit deny in an identity-based policy",
            await eve.AwsRefusedAsync(Cancel, "dynamodb", "delete-table", "--table-name", "ttt"), StringComparison.Ordinal);

        var id = await eve.PythonAsync(
            """
            import boto3, os
            try: boto3.client("dynamodb", endpoint_url=os.environ["ENDPOINT"]).delete_table(TableName="ttt")
            except Exception as e: print(e.response["ResponseMetadata"]["RequestId"], end="")
            """, Cancel);
        var program = HaneulProgram.Path ?? Path.Combine(AppContext.BaseDirectory, "haneul");
        var trail = await Command.RunAsync(
            program, ["explain", id, "--port", cloud.Url.Port.ToString(CultureInfo.InvariantCulture)], environment: null, folder: null, Cancel);
        Assert.Contains("NoDelete", trail, StringComparison.Ordinal);
        Assert.Contains("dynamodb:DeleteTable", trail, StringComparison.Ordinal);
    }
}
