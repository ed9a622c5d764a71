using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Haneul.Kernel.Operations;
using Haneul.Testing;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.DynamoDb.Tests.Api;

/// <summary>The service behind the real pipeline, and the official client in front of it.</summary>
public abstract class Cloud : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    /// <summary>The cloud's clock, for tests that move it.</summary>
    protected FakeTimeProvider Time
    {
        get
        {
            Skip.Unless(!HaneulServer.IsProgram || HasOwnOptions, "This test moves the clock, which a built program does not let it.");
            return _time;
        }
    }

    protected AmazonDynamoDBClient Client { get; private set; } = null!;

    protected HaneulServer Server { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The modules have options that a built program would not have.</summary>
    protected virtual bool HasOwnOptions => false;

    /// <summary>Signatures are checked, for which clients use the machine's clock.</summary>
    protected virtual bool RunsWithTheMachine => false;

    /// <summary>Parts that no module brings.</summary>
    protected virtual Action<IServiceCollection>? Configure => null;

    protected virtual IServiceModule[] Modules => [new DynamoDbModule()];

    public async ValueTask InitializeAsync()
    {
        var machine = RunsWithTheMachine || (HaneulServer.IsProgram && !HasOwnOptions);
        Server = await HaneulServer.StartAsync(time: machine ? null : _time, configure: Configure, modules: Modules);
        Client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonDynamoDBConfig { ServiceURL = Server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static AttributeValue S(string text) => new() { S = text };

    protected static AttributeValue N(int number) => new() { N = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    protected static Dictionary<string, AttributeValue> Item(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(pair => pair.Name, pair => pair.Value);

    /// <summary>A table with keys p (S) and c (N), a global index g over g (S) and c, and a local index l over n (N).</summary>
    protected async Task CreateAsync(string name = "tab", Action<CreateTableRequest>? change = null)
    {
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
            AttributeDefinitions =
            [
                new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.N), new("g", ScalarAttributeType.S), new("n", ScalarAttributeType.N),
            ],
            GlobalSecondaryIndexes =
            [
                new() { IndexName = "byG", KeySchema = [new("g", KeyType.HASH), new("c", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.ALL } },
            ],
            LocalSecondaryIndexes =
            [
                new() { IndexName = "byN", KeySchema = [new("p", KeyType.HASH), new("n", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } },
            ],
        };
        change?.Invoke(request);
        await Client.CreateTableAsync(request, Cancel);
    }

    protected static async Task<string> RefusalAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(call);
        return $"{refused.ErrorCode}: {refused.Message}";
    }
}
