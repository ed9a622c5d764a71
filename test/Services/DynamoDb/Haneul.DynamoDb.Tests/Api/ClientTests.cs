using System.Diagnostics;
using Amazon.DynamoDBv2.DataModel;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>Clients as people use them: object persistence of .NET, resources of Python, the command line.</summary>
public sealed class ClientTests : Cloud
{
    [Fact]
    public async Task Objects_of_dotnet_are_saved_loaded_and_queried()
    {
        await CreateAsync();
        using var context = new DynamoDBContextBuilder().WithDynamoDBClient(() => Client).Build();
        await context.SaveAsync(new Order { Customer = "a", Number = 1, Tags = ["x", "y"], Total = 12.5m, Group = "g" }, Cancel);
        await context.SaveAsync(new Order { Customer = "a", Number = 2, Total = 1, Group = "g" }, Cancel);
        var loaded = await context.LoadAsync<Order>("a", 1, Cancel);
        Assert.Equal(12.5m, loaded.Total);
        Assert.Equal(["x", "y"], loaded.Tags!.Order());
        Assert.Equal(2, (await context.QueryAsync<Order>("a").GetRemainingAsync(Cancel)).Count);
        await context.DeleteAsync(loaded, Cancel);
        Assert.Null(await context.LoadAsync<Order>("a", 1, Cancel));
    }

    [Fact]
    public async Task Resources_of_python_work()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "There is no Python here.");
        var (status, output) = await RunAsync("/usr/bin/python3", "-c", $"""
            import sys
            try:
                import boto3
            except ImportError:
                print('none'); sys.exit(0)
            from decimal import Decimal
            from boto3.dynamodb.conditions import Key, Attr
            db = boto3.resource('dynamodb', endpoint_url='{Server.Url}', region_name='us-east-1', aws_access_key_id='test', aws_secret_access_key='test')
            table = db.create_table(TableName='python', BillingMode='PAY_PER_REQUEST',
                KeySchema=[dict(AttributeName='p', KeyType='HASH'), dict(AttributeName='c', KeyType='RANGE')],
                AttributeDefinitions=[dict(AttributeName='p', AttributeType='S'), dict(AttributeName='c', AttributeType='N')])
            table.wait_until_exists()
            with table.batch_writer() as batch:
                for i in range(30):
                    batch.put_item(Item=dict(p='a', c=i, d=Decimal('1.5'), s=set(['x', 'y']), b=b'\x00\x01', n=None, l=[1, dict(k=True)]))
            items = table.query(KeyConditionExpression=Key('p').eq('a') & Key('c').between(5, 9), FilterExpression=Attr('d').gt(1))['Items']
            assert [int(i['c']) for i in items] == [5, 6, 7, 8, 9], items
            assert items[0]['s'] == set(['x', 'y']) and items[0]['b'].value == b'\x00\x01' and items[0]['l'][1]['k'] is True
            table.update_item(Key=dict(p='a', c=5), UpdateExpression='SET d = d + :d', ExpressionAttributeValues=dict([(':d', Decimal('0.25'))]))
            assert table.get_item(Key=dict(p='a', c=5))['Item']['d'] == Decimal('1.75')
            table.delete(); table.wait_until_not_exists()
            print('done')
            """);
        Assert.SkipWhen(output.Trim() == "none", "There is no boto3 here.");
        Assert.True(status == 0 && output.Trim() == "done", output);
    }

    [Fact]
    public async Task The_command_line_works()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "There is no command line here.");
        await CreateAsync();
        var (status, output) = await AwsAsync("put-item", "--table-name", "tab", "--item", """{"p":{"S":"a"},"c":{"N":"1"}}""", "--return-consumed-capacity", "TOTAL");
        Assert.True(status == 0 && output.Contains("CapacityUnits", StringComparison.Ordinal), output);
        (status, output) = await AwsAsync("scan", "--table-name", "tab", "--query", "Count");
        Assert.True(status == 0 && output.Trim() == "1", output);
        (status, output) = await AwsAsync("put-item", "--table-name", "tab", "--item", """{"p":{"S":"a"},"c":{"N":"1"}}""", "--condition-expression", "attribute_not_exists(p)");
        Assert.NotEqual(0, status);
        Assert.Contains("(ConditionalCheckFailedException)", output, StringComparison.Ordinal);
    }

    private Task<(int Status, string Output)> AwsAsync(params string[] arguments) =>
        RunAsync("/usr/bin/aws", ["--endpoint-url", Server.Url.ToString(), "--region", "us-east-1", "--output", "json", "dynamodb", .. arguments]);

    private static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_PAGER"] = "";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, output + await errors);
    }

    [DynamoDBTable("tab")]
    private sealed class Order
    {
        [DynamoDBHashKey("p")]
        public string Customer { get; set; } = "";

        [DynamoDBRangeKey("c")]
        public int Number { get; set; }

        [DynamoDBProperty("g")]
        public string? Group { get; set; }

        public HashSet<string>? Tags { get; set; }

        public decimal Total { get; set; }
    }
}
