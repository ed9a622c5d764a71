namespace Haneul.Scenarios.Tests;

public sealed class JavaScriptSdkTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sdk_for_javascript_works_against_every_service()
    {
        Cloud.NeedsSandbox();
        var folder = await Cloud.JavaScriptSdkAsync(Cancel);
        Assert.Equal("done\n", await cloud.Clients.NodeAsync(
            """
            import assert from "node:assert/strict";
            import { execFileSync } from "node:child_process";
            import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
            import * as ddb from "@aws-sdk/client-dynamodb";
            import * as iam from "@aws-sdk/client-iam";
            import * as sts from "@aws-sdk/client-sts";
            import * as lambda from "@aws-sdk/client-lambda";
            import * as api from "@aws-sdk/client-apigatewayv2";
            import * as logs from "@aws-sdk/client-cloudwatch-logs";
            const c = {}; // endpoint, keys and region come from the environment
            const db = new ddb.DynamoDBClient(c), id = new iam.IAMClient(c), fn = new lambda.LambdaClient(c), gw = new api.ApiGatewayV2Client(c);

            await db.send(new ddb.CreateTableCommand({ TableName: "jsjs", BillingMode: "PAY_PER_REQUEST",
              AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }], KeySchema: [{ AttributeName: "id", KeyType: "HASH" }] }));
            await ddb.waitUntilTableExists({ client: db, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: "jsjs" });
            const item = { id: { S: "1" }, list: { L: [{ N: "1.50" }, { BOOL: true }, { NULL: true }] }, bytes: { B: new Uint8Array([0, 255]) }, set: { SS: ["b", "a"] } };
            await db.send(new ddb.PutItemCommand({ TableName: "jsjs", Item: item }));
            const got = (await db.send(new ddb.GetItemCommand({ TableName: "jsjs", Key: { id: { S: "1" } } }))).Item;
            assert.deepEqual(got.list, { L: [{ N: "1.5" }, { BOOL: true }, { NULL: true }] });
            assert.deepEqual([...got.bytes.B], [0, 255]);
            await assert.rejects(db.send(new ddb.PutItemCommand({ TableName: "jsjs", Item: item, ConditionExpression: "attribute_not_exists(id)" })),
              { name: "ConditionalCheckFailedException", message: "The conditional request failed" });
            await assert.rejects(db.send(new ddb.ListImportsCommand({})), { message: "Haneul does not support DynamoDB ListImports yet." });

            const trust = who => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: who, Action: "sts:AssumeRole" }] });
            const role = (await id.send(new iam.CreateRoleCommand({ RoleName: "js", AssumeRolePolicyDocument: trust({ Service: "lambda.amazonaws.com", AWS: "000000000000" }) }))).Role;
            await id.send(new iam.PutRolePolicyCommand({ RoleName: "js", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: ["dynamodb:GetItem", "logs:*"], Resource: "*" }] }) }));
            await id.send(new iam.CreateUserCommand({ UserName: "bob" }));
            await id.send(new iam.PutUserPolicyCommand({ UserName: "bob", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: role.Arn }] }) }));
            const key = (await id.send(new iam.CreateAccessKeyCommand({ UserName: "bob" }))).AccessKey;
            const bob = { credentials: { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey } };
            const session = (await new sts.STSClient(bob).send(new sts.AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: "session" }))).Credentials;
            const as = { credentials: { accessKeyId: session.AccessKeyId, secretAccessKey: session.SecretAccessKey, sessionToken: session.SessionToken } };
            assert.match((await new sts.STSClient(as).send(new sts.GetCallerIdentityCommand({}))).Arn, /assumed-role\/js\/session$/);
            await new ddb.DynamoDBClient(as).send(new ddb.GetItemCommand({ TableName: "jsjs", Key: { id: { S: "1" } } }));
            await assert.rejects(new ddb.DynamoDBClient(as).send(new ddb.PutItemCommand({ TableName: "jsjs", Item: item })), { name: "AccessDeniedException" });
            await assert.rejects(new ddb.DynamoDBClient({ credentials: { ...bob.credentials, secretAccessKey: "wrong" } }).send(new ddb.ListTablesCommand({})),
              { name: "InvalidSignatureException" });

            const work = mkdtempSync("/tmp/haneul-js-");
            writeFileSync(work + "/index.mjs", "export const handler = async e => ({ statusCode: 200, body: 'hello ' + e.pathParameters.name });");
            execFileSync("python3", ["-m", "zipfile", "-c", work + "/f.zip", work + "/index.mjs"]);
            const made = await fn.send(new lambda.CreateFunctionCommand({ FunctionName: "js", Runtime: "nodejs20.x", Handler: "index.handler", Role: role.Arn,
              Code: { ZipFile: readFileSync(work + "/f.zip") } }));
            await lambda.waitUntilFunctionActiveV2({ client: fn, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { FunctionName: "js" });
            const direct = await fn.send(new lambda.InvokeCommand({ FunctionName: "js", Payload: JSON.stringify({ pathParameters: { name: "you" } }) }));
            assert.equal(JSON.parse(new TextDecoder().decode(direct.Payload)).body, "hello you");

            const { ApiId } = await gw.send(new api.CreateApiCommand({ Name: "js", ProtocolType: "HTTP" }));
            const { IntegrationId } = await gw.send(new api.CreateIntegrationCommand({ ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: made.FunctionArn, PayloadFormatVersion: "2.0" }));
            await gw.send(new api.CreateRouteCommand({ ApiId, RouteKey: "GET /hello/{name}", Target: "integrations/" + IntegrationId }));
            await gw.send(new api.CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true }));
            const url = `${process.env.ENDPOINT}/_aws/execute-api/${ApiId}/$default/hello/sky`;
            assert.equal((await fetch(url)).status, 500); // API Gateway has no permission yet
            await fn.send(new lambda.AddPermissionCommand({ FunctionName: "js", StatementId: "api", Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com",
              SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${ApiId}/*` }));
            const answer = await fetch(url);
            assert.deepEqual([answer.status, await answer.text()], [200, "hello sky"]);

            const cw = new logs.CloudWatchLogsClient(c);
            const groups = (await cw.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/js" }))).logGroups;
            assert.equal(groups.length, 1);
            console.log("done");
            """, folder, Cancel));
    }
}
