using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

public sealed class BotoTests : IAsyncLifetime
{
    private readonly Cloud _cloud = new();

    public ValueTask InitializeAsync() => _cloud.InitializeAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_user_may_do_what_his_policy_says_and_a_function_what_its_role_says() => RunAsync(OfficialClients.Python);

    [Fact]
    public async Task So_it_is_with_a_newer_boto3()
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "python3"))
            .FirstOrDefault(path => File.Exists(path) && path != OfficialClients.Python);
        Skip.Unless(python is not null, "There is no second Python on this machine.");
        var (status, _, _) = await Command.TryAsync(python!, ["-c", "import boto3"], environment: null, folder: null, Cancel);
        Skip.Unless(status == 0, "The second Python on this machine has no boto3.");
        await RunAsync(python!);
    }

    private async Task RunAsync(string python)
    {
        Cloud.NeedsSandbox();
        Assert.Equal("done\n", await _cloud.Clients.PythonAsync(
            """
            import boto3, io, json, os, time, zipfile
            from botocore.exceptions import ClientError
            here = dict(endpoint_url=os.environ["ENDPOINT"])
            iam, db = boto3.client("iam", **here), boto3.resource("dynamodb", **here)
            table = db.create_table(TableName="notes", BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "n", "AttributeType": "N"}],
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}])
            table.wait_until_exists()

            iam.create_user(UserName="ada")
            iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], "Resource": table.table_arn,
                 "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}}]}))
            key = iam.create_access_key(UserName="ada")["AccessKey"]
            mine = boto3.resource("dynamodb", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"], **here).Table("notes")
            for n in range(5):
                mine.put_item(Item={"id": "ada", "n": n, "text": "note %d" % n})
            from boto3.dynamodb.conditions import Key
            assert [i["n"] for i in mine.query(KeyConditionExpression=Key("id").eq("ada") & Key("n").gt(2))["Items"]] == [3, 4]
            for refused in (lambda: mine.put_item(Item={"id": "eve", "n": 1}), lambda: mine.scan(), lambda: mine.delete_item(Key={"id": "ada", "n": 1})):
                try:
                    refused()
                    raise SystemExit("was allowed")
                except ClientError as e:
                    assert e.response["Error"]["Code"] == "AccessDeniedException", e
                    assert "user/ada is not authorized to perform: dynamodb:" in str(e) and "because no identity-based policy allows" in str(e), e

            role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}))["Role"]["Arn"]
            iam.attach_role_policy(RoleName="reader", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
            code = io.BytesIO()
            with zipfile.ZipFile(code, "w") as z:
                z.writestr("h.py", "import boto3, os\ndef f(e, c):\n  print('asked', e['id'])\n"
                    "  t = boto3.resource('dynamodb', endpoint_url=os.environ['AWS_ENDPOINT_URL']).Table('notes')\n"
                    "  return t.get_item(Key={'id': e['id'], 'n': 3})['Item']['text']\n")
            fn = boto3.client("lambda", **here)
            fn.create_function(FunctionName="read", Runtime="python3.11", Handler="h.f", Role=role, Code={"ZipFile": code.getvalue()}, Timeout=20)
            fn.get_waiter("function_active_v2").wait(FunctionName="read")
            r = fn.invoke(FunctionName="read", Payload=b'{"id":"ada"}')
            error = json.load(r["Payload"])
            assert r["FunctionError"] == "Unhandled" and "not authorized to perform: dynamodb:GetItem" in error["errorMessage"], error
            iam.put_role_policy(RoleName="reader", PolicyName="notes", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": table.table_arn}]}))
            r = fn.invoke(FunctionName="read", Payload=b'{"id":"ada"}')
            assert json.load(r["Payload"]) == "note 3"
            logs = boto3.client("logs", **here)
            stream = logs.describe_log_streams(logGroupName="/aws/lambda/read")["logStreams"][0]["logStreamName"]
            for _ in range(50):
                text = "".join(e["message"] for e in logs.get_log_events(logGroupName="/aws/lambda/read", logStreamName=stream)["events"])
                if text.count("REPORT RequestId") == 2: break
                time.sleep(0.1)
            assert text.count("asked ada") == 2, text
            print("done")
            """, Cancel, python));
    }
}
