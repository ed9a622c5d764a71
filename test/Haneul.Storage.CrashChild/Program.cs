// Writes until it is killed, and prints a line for every commit that was acknowledged: "writer number".
// Arguments: directory, durability, first number. Each commit puts an item and its index entry; every tenth is a transaction that
// also puts the number into a partition that all writers share.
using System.Buffers.Binary;
using Haneul.Storage;
using Haneul.Storage.RocksDb;
using Haneul.Storage.Transactions;

var first = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
var options = new RocksDbStoreOptions { Durability = Enum.Parse<Durability>(args[1]), WriteBufferSize = 256 << 10 };
await using var store = await RocksDbStore.OpenAsync(args[0], options, CancellationToken.None);
var output = Console.OpenStandardOutput();
var gate = new Lock();

await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer))));

async Task WriteAsync(int writer)
{
    var own = PartitionId.Of("crash", $"{writer}");
    var shared = PartitionId.Of("crash", "shared");
    var random = new Random(writer + first);
    for (var number = first; ; number++)
    {
        var transaction = new Transaction();
        var key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        var value = new byte[random.Next(16, 2000)];
        random.NextBytes(value);
        transaction.In(own).Put([0, .. key], value);
        transaction.In(own).Put([1, .. key], BitConverter.GetBytes(value.Length));
        if (number % 10 == 0)
        {
            transaction.In(shared).Put([(byte)writer, .. key], default);
            await store.Transactions.CommitAsync(transaction);
        }
        else
        {
            await store.Partition(own).CommitAsync(transaction.In(own));
        }

        var line = System.Text.Encoding.ASCII.GetBytes($"{writer} {number}\n");
        lock (gate)
        {
            output.Write(line);
        }
    }
}
