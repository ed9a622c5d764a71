using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// Holds a table with provisioned throughput to it: a bucket of units for reads and one for writes, of the table and of each global index.
/// A bucket fills at the provisioned rate and keeps what was not used for up to 300 seconds. What an operation costs is known when it is
/// done, so that it runs while there is anything left and may leave a debt.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html"/>
/// </summary>
/// <remarks>In memory only: after a restart every bucket is full.</remarks>
internal sealed class Throttle(TimeProvider time)
{
    private const int BurstSeconds = 300;

    private const string TableExceeded =
        "The level of configured provisioned throughput for the table was exceeded. "
        + "Consider increasing your provisioning level with the UpdateTable API.";

    private const string IndexExceeded =
        "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. "
        + "Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";

    private readonly Lock _lock = new();
    private readonly Dictionary<(byte Index, bool Write), Bucket> _buckets = [];

    /// <returns>The refusal, or null while there is something left.</returns>
    public ServiceError? CheckRead(Table table, TableIndex? index)
    {
        var global = index is { Local: false } ? index : null;
        lock (_lock)
        {
            return Left(global?.Number ?? 0, write: false, Rate(table, global).Read) > 0 ? null : Exceeded(global is null ? TableExceeded : IndexExceeded);
        }
    }

    /// <returns>The refusal, or null while there is something left for the table and all of its global indexes.</returns>
    public ServiceError? CheckWrite(Table table)
    {
        lock (_lock)
        {
            if (Left(0, write: true, table.Record.Throughput.Write) <= 0)
            {
                return Exceeded(TableExceeded);
            }

            foreach (var index in table.Indexes)
            {
                if (!index.Local && Left(index.Number, write: true, index.Record.Throughput.Write) <= 0)
                {
                    return Exceeded(IndexExceeded);
                }
            }

            return null;
        }
    }

    public void ChargeRead(Table table, TableIndex? index, double units)
    {
        var global = index is { Local: false } ? index : null;
        lock (_lock)
        {
            Take(global?.Number ?? 0, write: false, Rate(table, global).Read, units);
        }
    }

    public void ChargeWrite(Table table, WriteUnits units)
    {
        lock (_lock)
        {
            Take(0, write: true, table.Record.Throughput.Write, units.Own);
            foreach (var (index, taken) in units.Indexes)
            {
                if (!index.Local)
                {
                    Take(index.Number, write: true, index.Record.Throughput.Write, taken);
                }
                else
                {
                    Take(0, write: true, table.Record.Throughput.Write, taken);
                }
            }
        }
    }

    private static ThroughputRecord Rate(Table table, TableIndex? index) => index?.Record.Throughput ?? table.Record.Throughput;

    private static ServiceError Exceeded(string message) => DynamoDbErrors.ProvisionedThroughputExceededException.With(message);

    private double Left(byte index, bool write, long rate) => Refill(index, write, rate).Units;

    private void Take(byte index, bool write, long rate, double units)
    {
        var bucket = Refill(index, write, rate);
        _buckets[(index, write)] = bucket with { Units = bucket.Units - units };
    }

    private Bucket Refill(byte index, bool write, long rate)
    {
        var now = time.GetTimestamp();
        var most = (double)rate * BurstSeconds;
        var bucket = _buckets.TryGetValue((index, write), out var known)
            ? new Bucket(Math.Min(most, known.Units + (rate * time.GetElapsedTime(known.At, now).TotalSeconds)), now)
            : new Bucket(most, now);
        _buckets[(index, write)] = bucket;
        return bucket;
    }

    private readonly record struct Bucket(double Units, long At);
}
