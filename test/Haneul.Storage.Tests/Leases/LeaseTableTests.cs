using Haneul.Storage.Leases;
using Haneul.Storage.Memory;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.Storage.Tests.Leases;

public sealed class LeaseTableTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly IPartition _partition = MemoryStore.Create().Partition(PartitionId.Of("test"));
    private readonly LeaseTable _leases;

    public LeaseTableTests() => _leases = new LeaseTable(_partition, "lease/"u8.ToArray(), _time);

    [Fact]
    public async Task A_lease_has_one_owner_until_it_expires()
    {
        var first = await _leases.TryAcquireAsync("shard", "a", s_minute);
        Assert.NotNull(first);
        _time.Advance(s_minute - TimeSpan.FromTicks(1));
        Assert.Null(await _leases.TryAcquireAsync("shard", "b", s_minute));

        _time.Advance(TimeSpan.FromTicks(1));
        var second = await _leases.TryAcquireAsync("shard", "b", s_minute);
        Assert.True(second!.Token > first.Token);
        Assert.Null(await _leases.TryRenewAsync(first, s_minute));
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer()
    {
        var lease = await _leases.TryAcquireAsync("shard", "a", s_minute);
        _time.Advance(s_minute / 2);
        var renewed = await _leases.TryRenewAsync(lease!, s_minute);
        _time.Advance(s_minute / 2);

        Assert.Null(await _leases.TryAcquireAsync("shard", "b", s_minute));
        Assert.Equal(renewed, _leases.Find("shard"));
    }

    [Fact]
    public async Task A_released_lease_is_free_and_its_token_does_not_come_back()
    {
        var first = await _leases.TryAcquireAsync("shard", "a", s_minute);
        await _leases.ReleaseAsync(first!);
        var second = await _leases.TryAcquireAsync("shard", "b", s_minute);
        await _leases.ReleaseAsync(first!);

        Assert.Equal(first!.Token + 1, second!.Token);
        Assert.Null(await _leases.TryAcquireAsync("shard", "c", s_minute));
    }

    [Fact]
    public async Task The_guard_stops_an_owner_that_woke_up_late()
    {
        var late = await _leases.TryAcquireAsync("shard", "a", s_minute);
        Assert.True((await _partition.CommitAsync(Guarded(late!))).Committed);
        _time.Advance(s_minute);
        var current = await _leases.TryAcquireAsync("shard", "b", s_minute);

        Assert.False((await _partition.CommitAsync(Guarded(late!))).Committed);
        Assert.True((await _partition.CommitAsync(Guarded(current!))).Committed);

        Batch Guarded(Lease lease)
        {
            var batch = new Batch();
            _leases.Guard(batch, lease);
            batch.Put("work"u8, "done"u8);
            return batch;
        }
    }
}
