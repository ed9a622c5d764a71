// Measures the handlers of hot operations without the gateway: decoding a request's JSON, the handler, encoding its answer.
// Usage: Haneul.DynamoDb.Bench [directory]; the directory decides which device is measured.
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Haneul.DynamoDb;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Storage.RocksDb;
using Haneul.Wire.Json;
using Microsoft.Extensions.DependencyInjection;

const int Items = 2000;
var root = Directory.CreateDirectory(Path.Combine(args.Length > 0 ? args[0] : Path.GetTempPath(), $"haneul-bench-{Environment.ProcessId}"));
try
{
    await using (var memory = MemoryStore.Create())
    {
        await MeasureAsync("memory", memory);
    }

    await using var store = await RocksDbStore.OpenAsync(Path.Combine(root.FullName, "store"), new RocksDbStoreOptions(), default);
    await MeasureAsync("rocksdb", store);
}
finally
{
    root.Delete(recursive: true);
}

static async Task MeasureAsync(string name, IStore store)
{
    var bench = new Bench(store);
    await bench.CallAsync("CreateTable", """
        {"TableName":"plain","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}]}
        """u8.ToArray());
    await bench.CallAsync("CreateTable", """
        {"TableName":"rich","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"c","KeyType":"RANGE"}],
         "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"c","AttributeType":"N"},{"AttributeName":"g","AttributeType":"S"}],
         "GlobalSecondaryIndexes":[{"IndexName":"byG","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}
        """u8.ToArray());
    var puts = Requests(i => "{\"TableName\":\"plain\",\"Item\":" + Item(i, "") + "}");
    var rich = Requests(i => "{\"TableName\":\"rich\",\"Item\":" + Item(i, $$$""","c":{"N":"{{{i}}}"},"g":{"S":"g{{{i / 10}}}"}""") + "}");
    var gets = Requests(i => $$$$"""{"TableName":"plain","Key":{"p":{"S":"item{{{{i}}}}"}}}""");
    var updates = Requests(i => $$$$"""
        {"TableName":"plain","Key":{"p":{"S":"item{{{{i}}}}"}},"UpdateExpression":"SET counter1 = if_not_exists(counter1, :z) + :o","ExpressionAttributeValues":{":z":{"N":"0"},":o":{"N":"1"}}}
        """);
    var queries = Requests(i => $$$$"""
        {"TableName":"rich","IndexName":"byG","KeyConditionExpression":"g = :g","ExpressionAttributeValues":{":g":{"S":"g{{{{i / 10}}}}"}}}
        """);
    foreach (var request in rich)
    {
        await bench.CallAsync("PutItem", request);
    }

    await bench.RunAsync(name, "PutItem 1 KB", "PutItem", puts, writers: 1);
    await bench.RunAsync(name, "PutItem 1 KB", "PutItem", puts, writers: 64);
    await bench.RunAsync(name, "PutItem 1 KB with a GSI", "PutItem", rich, writers: 64);
    await bench.RunAsync(name, "GetItem 1 KB", "GetItem", gets, writers: 1);
    await bench.RunAsync(name, "UpdateItem 1 KB", "UpdateItem", updates, writers: 64);
    await bench.RunAsync(name, "Query a GSI, 10 items", "Query", queries, writers: 1);
}

static string Item(int i, string more) =>
    $$$"""{"p":{"S":"item{{{i}}}"}{{{more}}},"name":{"S":"Some name"},"count":{"N":"{{{i}}}"},"flag":{"BOOL":true},"list":{"L":[{"N":"1"},{"S":"two"}]},"text":{"S":"{{{new string('x', 900)}}}"}}""";

static byte[][] Requests(Func<int, string> make) => [.. Enumerable.Range(0, Items).Select(i => Encoding.UTF8.GetBytes(make(i)))];

internal sealed class Bench
{
    private readonly Dictionary<string, OperationRow> _rows;
    private readonly ServiceProvider _services;

    public Bench(IStore store)
    {
        var module = new DynamoDbModule(new DynamoDbOptions { Throttling = false });
        var services = new ServiceCollection();
        services.AddSingleton(store).AddSingleton(TimeProvider.System).AddSingleton<IIdSource, RandomIdSource>().AddLogging();
        module.Register(services);
        _services = services.BuildServiceProvider();
        var table = new OperationTable();
        module.Map(table);
        _rows = table.Rows.ToDictionary(row => row.Operation.Name);
    }

    public async ValueTask<int> CallAsync(string operation, byte[] request)
    {
        var row = _rows[operation];
        var input = row.Operation.ReadInput(new JsonShapeReader(request));
        var outcome = await row.InvokeAsync(input, s_context, _services, default);
        var body = new ArrayBufferWriter<byte>(4096);
        using var writer = new JsonShapeWriter(body);
        outcome.OrThrow().Write(writer);
        writer.Flush();
        return body.WrittenCount;
    }

    public async Task RunAsync(string store, string what, string operation, byte[][] requests, int writers)
    {
        var time = TimeSpan.FromSeconds(2);
        await LoopAsync(operation, requests, 0, TimeSpan.FromSeconds(0.7));
        var allocated = GC.GetTotalAllocatedBytes();
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(n => Task.Run(() => LoopAsync(operation, requests, n, time))));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var total = counts.Sum();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{store,-8} {what,-26} x{writers,-3} {total / elapsed,10:N0}/s {(GC.GetTotalAllocatedBytes() - allocated) / total,8:N0} B/call"));
    }

    private async Task<long> LoopAsync(string operation, byte[][] requests, int first, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        long count = 0;
        for (var i = first * 31; Stopwatch.GetElapsedTime(started) < time; i++, count++)
        {
            await CallAsync(operation, requests[i % requests.Length]);
        }

        return count;
    }

    private static readonly CallContext s_context = new()
    {
        Principal = Principal.Root(AccountId.Default),
        Region = Region.Default,
        RequestId = "bench",
        Time = DateTimeOffset.UnixEpoch,
    };
}
