using Haneul.Storage.RocksDb;

namespace Haneul.Storage.Tests.RocksDb;

public sealed class FullDiskTests
{
    private static readonly PartitionId s_id = PartitionId.Of("test", "full");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Durability.GroupCommit, 1)]
    [InlineData(Durability.GroupCommit, 8)]
    [InlineData(Durability.Os, 8)]
    public async Task A_full_disk_refuses_writes_loses_nothing_and_goes_on_when_there_is_space(Durability durability, int bufferMegabytes)
    {
        using var disk = SmallDisk.MountOrSkip(megabytes: 64);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[48 << 20], Cancel);
        var data = Path.Combine(disk.Path, "data");
        var options = new RocksDbStoreOptions { Durability = durability, WriteBufferSize = (long)bufferMegabytes << 20 };

        var acknowledged = new List<int>();
        await using (var store = await RocksDbStore.OpenAsync(data, options, Cancel))
        {
            var partition = store.Partition(s_id);
            var refused = await Assert.ThrowsAsync<StorageException>(async () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    await PutAsync(partition, i);
                    acknowledged.Add(i);
                }
            });

            Assert.Equal(StorageFailure.Full, refused.Failure);
            Assert.Contains("Free some space", refused.Message, StringComparison.Ordinal);
            Assert.NotEmpty(acknowledged);
            AssertAll(partition, acknowledged);

            File.Delete(ballast);
            acknowledged.Add(await PutWhenThereIsSpaceAsync(partition));
            AssertAll(partition, acknowledged);
        }

        await using var again = await RocksDbStore.OpenAsync(data, options, Cancel);
        AssertAll(again.Partition(s_id), acknowledged);
    }

    // The store finds out about new space by itself, within seconds: until then it refuses.
    private static async Task<int> PutWhenThereIsSpaceAsync(IPartition partition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                await PutAsync(partition, 5000);
                return 5000;
            }
            catch (StorageException refused) when (refused.Failure == StorageFailure.Full)
            {
                await tick.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private static async Task PutAsync(IPartition partition, int number)
    {
        var batch = new Batch();
        batch.Put(BitConverter.GetBytes(number), Value(number));
        await partition.CommitAsync(batch);
    }

    private static void AssertAll(IPartition partition, List<int> numbers) =>
        Assert.All(numbers, number => Assert.Equal(Value(number), partition.GetBytes(BitConverter.GetBytes(number))));

    private static byte[] Value(int seed)
    {
        var value = new byte[64 << 10];
        new Random(seed).NextBytes(value);
        return value;
    }
}
