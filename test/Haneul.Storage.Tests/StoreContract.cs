using System.Text;
using Haneul.Storage.Transactions;

namespace Haneul.Storage.Tests;

/// <summary>What the port promises, tested against every engine that inherits this.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected IStore Store { get; private set; } = null!;

    private IPartition Users => Store.Partition(PartitionId.Of("test", "users"));

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ValueTask<IStore> OpenAsync();

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_put_value_is_read_back()
    {
        await PutAsync(Users, "a", "1");

        Assert.Equal("1", Read(Users, "a"));
        Assert.Null(Read(Users, "b"));
    }

    [Fact]
    public async Task An_empty_value_exists()
    {
        await PutAsync(Users, "a", "");

        Assert.True(Users.Contains("a"u8));
        Assert.Equal("", Read(Users, "a"));
    }

    [Theory]
    [InlineData(900)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task Values_of_any_size_are_read_back(int length)
    {
        var value = new byte[length];
        new Random(length).NextBytes(value);
        var batch = new Batch();
        batch.Put("big"u8, value);
        await Users.CommitAsync(batch);

        Assert.Equal(value, Users.GetBytes("big"u8));
    }

    [Fact]
    public async Task Later_operations_of_a_batch_win()
    {
        await PutAsync(Users, "b", "old");
        var batch = new Batch();
        batch.Put("a"u8, "1"u8);
        batch.Put("c"u8, "1"u8);
        batch.DeleteRange(KeyRange.All);
        batch.Put("b"u8, "2"u8);
        batch.Put("d"u8, "1"u8);
        batch.Delete("d"u8);
        await Users.CommitAsync(batch);

        Assert.Equal(["b=2"], List(Users, KeyRange.All));
    }

    [Fact]
    public async Task Scans_honour_range_order_and_limit()
    {
        foreach (var key in (string[])["a", "b", "b1", "b2", "b3", "c"])
        {
            await PutAsync(Users, key, "");
        }

        Assert.Equal(["a=", "b=", "b1=", "b2=", "b3=", "c="], List(Users, KeyRange.All));
        Assert.Equal(["b=", "b1=", "b2=", "b3="], List(Users, KeyRange.Prefix("b"u8)));
        Assert.Equal(["b2=", "b3="], List(Users, KeyRange.Prefix("b"u8).After("b1"u8)));
        Assert.Equal(["b1=", "b2="], List(Users, KeyRange.Prefix("b"u8).From("b1"u8).Before("b3"u8)));
        Assert.Equal(["c=", "b3="], List(Users, KeyRange.All, ScanOrder.Descending, 2));
        Assert.Equal(["b2=", "b1=", "b="], List(Users, KeyRange.Prefix("b"u8).Before("b3"u8), ScanOrder.Descending));
        Assert.Empty(List(Users, KeyRange.All.From("d"u8)));
        Assert.Empty(List(Users, KeyRange.All.From("c"u8).Before("b"u8)));
        Assert.Empty(List(Users, KeyRange.All, limit: 0));
    }

    [Fact]
    public async Task Partitions_do_not_see_each_other()
    {
        var outer = Store.Partition(PartitionId.Of("a"));
        var inner = Store.Partition(PartitionId.Of("a", "b"));
        var next = Store.Partition(PartitionId.Of("a\0"));
        await PutAsync(outer, "b\0\u0001\0\0x", "outer");
        await PutAsync(inner, "x", "inner");
        await PutAsync(next, "x", "next");

        var batch = new Batch();
        batch.DeleteRange(KeyRange.All);
        await outer.CommitAsync(batch);

        Assert.Empty(List(outer, KeyRange.All));
        Assert.Equal(["x=inner"], List(inner, KeyRange.All));
        Assert.Equal(["x=next"], List(next, KeyRange.All));
    }

    [Fact]
    public async Task Partitions_with_keys_are_listed_by_their_path()
    {
        foreach (var id in (PartitionId[])[PartitionId.Of("sqs", "1"), PartitionId.Of("sqs", "1", "q"), PartitionId.Of("sqs", "2"), PartitionId.Of("sqs2")])
        {
            await PutAsync(Store.Partition(id), "k", "");
            await PutAsync(Store.Partition(id), "\u00ff", "");
        }

        Assert.Equal(["sqs/1", "sqs/1/q", "sqs/2"], Store.Partitions(PartitionId.Of("sqs")).Select(id => id.ToString()));
        Assert.Equal(["sqs/1", "sqs/1/q"], Store.Partitions(PartitionId.Of("sqs", "1")).Select(id => id.ToString()));
        Assert.Empty(Store.Partitions(PartitionId.Of("sq")));
    }

    [Fact]
    public async Task A_snapshot_keeps_what_it_saw()
    {
        await PutAsync(Users, "a", "1");
        using var before = Users.Snapshot();
        await PutAsync(Users, "a", "2");
        await PutAsync(Users, "b", "2");

        Assert.Equal(["a=1"], List(before, KeyRange.All));
        Assert.Equal("1", Read(before, "a"));
        Assert.Equal(["a=2", "b=2"], List(Users, KeyRange.All));
    }

    [Fact]
    public async Task A_scan_does_not_see_later_commits()
    {
        await PutAsync(Users, "a", "1");
        await PutAsync(Users, "c", "1");
        using var scan = Users.Scan(KeyRange.All);
        Assert.True(scan.MoveNext());
        await PutAsync(Users, "b", "2");

        Assert.True(scan.MoveNext());
        Assert.Equal("c", Encoding.UTF8.GetString(scan.Key));
        Assert.False(scan.MoveNext());
    }

    [Fact]
    public async Task A_failed_condition_is_named_and_nothing_is_written()
    {
        await PutAsync(Users, "a", "v1:rest");

        Assert.Equal(0, (await CommitAsync(batch => batch.RequireAbsent("a"u8))).FailedCondition);
        Assert.Equal(1, (await CommitAsync(batch => batch.RequirePresent("a"u8).RequirePresent("b"u8))).FailedCondition);
        Assert.Equal(0, (await CommitAsync(batch => batch.RequireValue("a"u8, "v1"u8))).FailedCondition);
        Assert.Equal(0, (await CommitAsync(batch => batch.RequireValue("b"u8, ""u8))).FailedCondition);
        Assert.Equal(2, (await CommitAsync(batch => batch.RequireAbsent("b"u8).RequirePresent("a"u8).RequirePrefix("a"u8, "v2"u8))).FailedCondition);
        Assert.Null(Read(Users, "w"));

        Assert.True((await CommitAsync(batch => batch.RequireAbsent("b"u8).RequirePrefix("a"u8, "v1"u8).RequireValue("a"u8, "v1:rest"u8))).Committed);
        Assert.Equal("x", Read(Users, "w"));

        ValueTask<CommitResult> CommitAsync(Action<Batch> require)
        {
            var batch = new Batch();
            require(batch);
            batch.Put("w"u8, "x"u8);
            return Users.CommitAsync(batch);
        }
    }

    [Fact]
    public async Task Updates_of_one_key_lose_nothing()
    {
        const int Writers = 8;
        const int Each = 50;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var partition = Store.Partition(PartitionId.Of("test", "counters"));
            for (var i = 0; i < Each; i++)
            {
                await partition.UpdateAsync(1, static (current, batch, step) =>
                {
                    using var value = current.Get("n"u8);
                    var next = (value.Exists ? BitConverter.ToInt32(value.Span) : 0) + step;
                    batch.Put("n"u8, BitConverter.GetBytes(next));
                    batch.Put(BitConverter.GetBytes(next), default);
                    return next;
                });
            }
        }, Cancel)));

        var counters = Store.Partition(PartitionId.Of("test", "counters"));
        Assert.Equal(Writers * Each, BitConverter.ToInt32(counters.GetBytes("n"u8)));
        Assert.Equal((Writers * Each) + 1, List(counters, KeyRange.All).Count);
    }

    [Fact]
    public async Task Of_many_conditional_creates_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            var batch = new Batch();
            batch.RequireAbsent("name"u8);
            batch.Put("name"u8, BitConverter.GetBytes(i));
            return (i, result: await Users.CommitAsync(batch));
        }, Cancel)));

        var winner = Assert.Single(results, entry => entry.result.Committed);
        Assert.Equal(winner.i, BitConverter.ToInt32(Users.GetBytes("name"u8)));
    }

    [Fact]
    public async Task A_decision_that_throws_or_writes_nothing_changes_nothing()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Users.UpdateAsync<int, int>(0, (_, batch, _) =>
        {
            batch.Put("a"u8, "1"u8);
            throw new InvalidDataException();
        }));
        Assert.Equal(7, await Users.UpdateAsync(7, (_, _, state) => state));

        Assert.Empty(List(Users, KeyRange.All));
        await PutAsync(Users, "a", "2");
        Assert.Equal("2", Read(Users, "a"));
    }

    [Fact]
    public async Task A_decision_cannot_commit_by_other_means()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Users.UpdateAsync(Users, static (_, _, users) =>
        {
            var batch = new Batch();
            batch.Put("a"u8, "1"u8);
            return users.CommitAsync(batch).AsTask().GetAwaiter().GetResult();
        }));
        await PutAsync(Users, "a", "2");
    }

    [Fact]
    public async Task A_transaction_commits_everywhere_or_nowhere()
    {
        var left = Store.Partition(PartitionId.Of("t", "left"));
        var right = Store.Partition(PartitionId.Of("t", "right"));
        await PutAsync(right, "taken", "");

        var refused = new Transaction();
        refused.In(left.Id).Put("a"u8, "1"u8);
        refused.In(right.Id).RequireAbsent("free"u8).RequireAbsent("taken"u8).Put("a"u8, "1"u8);
        var result = await Store.Transactions.CommitAsync(refused);
        Assert.False(result.Committed);
        Assert.Equal((right.Id, 1), (result.FailedParticipant!.Value, result.FailedCondition));
        Assert.Null(Read(left, "a"));

        var accepted = new Transaction();
        accepted.In(left.Id).Put("a"u8, "1"u8);
        accepted.In(right.Id).RequirePresent("taken"u8).Put("a"u8, "2"u8);
        Assert.True((await Store.Transactions.CommitAsync(accepted)).Committed);
        Assert.Equal(("1", "2"), (Read(left, "a"), Read(right, "a")));
    }

    [Fact]
    public async Task Transfers_keep_the_sum_in_every_snapshot()
    {
        PartitionId[] accounts = [.. Enumerable.Range(0, 5).Select(i => PartitionId.Of("bank", $"{i}"))];
        foreach (var id in accounts)
        {
            var batch = new Batch();
            batch.Put("sum"u8, BitConverter.GetBytes(100));
            await Store.Partition(id).CommitAsync(batch);
        }

        var transfers = Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 50; i++)
            {
                PartitionId[] pair = random.GetItems(accounts, 2);
                await Store.Transactions.UpdateAsync(pair, (from: pair[0], to: pair[1]), static (context, move) =>
                {
                    if (move.from != move.to)
                    {
                        context.Write(move.from).Put("sum"u8, BitConverter.GetBytes(Sum(context.Read(move.from)) - 1));
                        context.Write(move.to).Put("sum"u8, BitConverter.GetBytes(Sum(context.Read(move.to)) + 1));
                    }

                    return 0;
                });
            }
        }, Cancel)).ToArray();

        var all = Task.WhenAll(transfers);
        do
        {
            using var snapshot = Store.Transactions.Snapshot();
            Assert.Equal(500, accounts.Sum(id => Sum(snapshot.Partition(id))));
        }
        while (!all.IsCompleted);

        await all;

        static int Sum(IPartitionReader reader) => BitConverter.ToInt32(reader.GetBytes("sum"u8));
    }

    [Fact]
    public async Task A_transaction_touches_only_its_participants()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Transactions.UpdateAsync(
            [PartitionId.Of("a")], 0, static (context, _) => context.Write(PartitionId.Of("b")).Count));
    }

    [Fact]
    public async Task A_commit_pulses_its_partition_only()
    {
        var users = Users.Changes;
        var others = Store.Partition(PartitionId.Of("test", "others")).Changes;
        var (seenUsers, seenOthers) = (users.Version, others.Version);
        var waiting = users.WaitAsync(seenUsers, TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);
        await PutAsync(Users, "a", "1");

        Assert.True(await waiting);
        Assert.True(await users.WaitAsync(seenUsers, TimeSpan.Zero, TimeProvider.System, Cancel));
        Assert.Equal(seenOthers, others.Version);
    }

    [Fact]
    public async Task A_disposed_store_says_so()
    {
        var users = Users;
        await Store.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => users.Contains("a"u8));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await PutAsync(users, "a", "1"));
    }

    protected static async Task PutAsync(IPartition partition, string key, string value)
    {
        var batch = new Batch();
        batch.Put(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        Assert.True((await partition.CommitAsync(batch)).Committed);
    }

    protected static string? Read(IPartitionReader reader, string key) =>
        reader.GetBytes(Encoding.UTF8.GetBytes(key)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    protected static List<string> List(IPartitionReader reader, KeyRange range, ScanOrder order = ScanOrder.Ascending, int limit = int.MaxValue)
    {
        var found = new List<string>();
        foreach (var entry in reader.Scan(range, order, limit))
        {
            found.Add($"{Encoding.UTF8.GetString(entry.Key)}={Encoding.UTF8.GetString(entry.Value)}");
        }

        return found;
    }
}
