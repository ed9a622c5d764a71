using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Haneul.Scenarios.Tests.Linearizability;

/// <summary>Reads, writes, conditions and transactions of several clients on the same items, through crashes.</summary>
public sealed class LinearizabilityTests(Cloud cloud) : IClassFixture<Cloud>
{
    private const string Table = "registers";
    private const int Registers = 4;
    private const int Clients = 6;
    private const int Crashes = 3;
    private const int CallsPerLife = 400;

    private readonly ConcurrentQueue<Call> _history = new();
    private int _values;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_calls_and_transactions_happen_in_one_order_even_through_crashes()
    {
        using (var setup = Client())
        {
            await setup.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = Table,
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                    AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.N)],
                    KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
                },
                Cancel);
            while ((await setup.DescribeTableAsync(Table, Cancel)).Table.TableStatus != TableStatus.ACTIVE)
            {
                await Task.Yield();
            }
        }

        for (var life = 0; life <= Crashes; life++)
        {
            var aim = _history.Count + CallsPerLife;
            var last = life == Crashes;
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var clients = Enumerable.Range(0, Clients).Select(seed => Task.Run(() => WorkAsync(new Random((life * Clients) + seed), aim, enough, last), Cancel)).ToList();
            await enough.Task.WaitAsync(Cancel);
            if (!last)
            {
                await cloud.CrashAsync();
            }

            await Task.WhenAll(clients);
        }

        Assert.True(_history.Count > (Crashes + 1) * CallsPerLife);
        Assert.Contains(_history, call => call.Written.Count > 1 && call.Answered is not null);
        Assert.Contains(_history, call => call.Missed.Count > 0);
        Assert.True(Checker.IsLinearizable(_history, Registers));
    }

    /// <summary>Calls until the cloud is gone, or, in its last life, until there are enough.</summary>
    private async Task WorkAsync(Random random, int aim, TaskCompletionSource enough, bool last)
    {
        using var client = Client();
        for (var goOn = true; goOn;)
        {
            var kind = random.Next(5);
            var first = random.Next(Registers);
            var second = (first + 1 + random.Next(Registers - 1)) % Registers;
            var value = Interlocked.Increment(ref _values);
            goOn = kind switch
            {
                0 => await ReadAsync(client, first),
                1 => await WriteAsync([], [new(first, value)], written => client.PutItemAsync(Table, Item(written[0]), Cancel)),
                2 => await ReadAllAsync(client),
                3 => await CompareAsync(client, first, second, value, transaction: false),
                _ => await CompareAsync(client, first, second, value, transaction: true),
            };
            if (_history.Count >= aim)
            {
                enough.TrySetResult();
                goOn &= !last;
            }
        }
    }

    /// <summary>Writes on the condition that a register holds what it held a moment ago; the transaction writes to two.</summary>
    private async Task<bool> CompareAsync(AmazonDynamoDBClient client, int first, int second, int value, bool transaction)
    {
        Register last = new(first, 0);
        if (!await ReadAsync(client, first, found => last = found))
        {
            return false;
        }

        const string absent = "attribute_not_exists(id)";
        const string same = "v = :last";
        var condition = last.Value == 0 ? absent : same;
        Dictionary<string, AttributeValue>? values = last.Value == 0 ? null : new() { [":last"] = Number(last.Value) };
        if (!transaction)
        {
            return await WriteAsync([last], [new(first, value)], written => client.PutItemAsync(
                new PutItemRequest(Table, Item(written[0])) { ConditionExpression = condition, ExpressionAttributeValues = values }, Cancel));
        }

        return await WriteAsync([last], [new(first, value), new(second, value)], written => client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new() { Put = new Put { TableName = Table, Item = Item(written[0]), ConditionExpression = condition, ExpressionAttributeValues = values } },
                    new() { Put = new Put { TableName = Table, Item = Item(written[1]) } },
                ],
            },
            Cancel));
    }

    private async Task<bool> WriteAsync(IReadOnlyList<Register> condition, IReadOnlyList<Register> written, Func<IReadOnlyList<Register>, Task> send)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            await send(written);
            _history.Enqueue(new Call(sent, Stopwatch.GetTimestamp(), condition, [], written));
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            _history.Enqueue(new Call(sent, Stopwatch.GetTimestamp(), [], condition, []));
            return true;
        }
        catch (TransactionCanceledException exception)
        {
            var missed = exception.CancellationReasons.Exists(reason => reason.Code == "ConditionalCheckFailed") ? condition : [];
            _history.Enqueue(new Call(sent, Stopwatch.GetTimestamp(), [], missed, []));
            return true;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            _history.Enqueue(new Call(sent, null, condition, [], written));
            return false;
        }
    }

    private async Task<bool> ReadAsync(AmazonDynamoDBClient client, int register, Action<Register>? found = null)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            var answer = await client.GetItemAsync(Table, new() { ["id"] = Number(register) }, consistentRead: true, Cancel);
            var value = new Register(register, ValueOf(answer.Item));
            _history.Enqueue(new Call(sent, Stopwatch.GetTimestamp(), [value], [], []));
            found?.Invoke(value);
            return true;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
    }

    private async Task<bool> ReadAllAsync(AmazonDynamoDBClient client)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            var answer = await client.TransactGetItemsAsync(
                new TransactGetItemsRequest
                {
                    TransactItems =
                    [
                        .. Enumerable.Range(0, Registers).Select(i => new TransactGetItem { Get = new Get { TableName = Table, Key = new() { ["id"] = Number(i) } } }),
                    ],
                },
                Cancel);
            _history.Enqueue(new Call(
                sent, Stopwatch.GetTimestamp(), [.. answer.Responses.Select((response, i) => new Register(i, ValueOf(response.Item)))], [], []));
            return true;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
    }

    private static bool IsGone(Exception exception) => exception is HttpRequestException or AmazonClientException or AmazonServiceException { InnerException: HttpRequestException or IOException };

    private static int ValueOf(Dictionary<string, AttributeValue>? item) =>
        item is { Count: > 0 } ? int.Parse(item["v"].N, CultureInfo.InvariantCulture) : 0;

    private static Dictionary<string, AttributeValue> Item(Register register) => new() { ["id"] = Number(register.Index), ["v"] = Number(register.Value) };

    private static AttributeValue Number(int number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private AmazonDynamoDBClient Client() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonDynamoDBConfig { ServiceURL = cloud.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}
