using System.Buffers.Binary;
using System.Text;
using Haneul.Storage.Keys;

namespace Haneul.Storage.Leases;

/// <summary>Leases as keys of a partition: who may run a loop, own a shard, move a task.</summary>
/// <remarks>
/// An owner acts until its lease expires by its own clock, and puts <see cref="Guard"/> on what it commits to the same partition:
/// then an owner whose time is over changes nothing, whatever the clocks say.
/// </remarks>
/// <param name="partition">Where the leases live, best together with what they protect.</param>
/// <param name="prefix">The bytes in front of the leases' keys.</param>
/// <param name="time">The clock that leases expire by.</param>
public sealed class LeaseTable(IPartition partition, ReadOnlyMemory<byte> prefix, TimeProvider time)
{
    // Value: version (1), token (8), expiry as UTC ticks (8), owner in UTF-8. A released lease stays, expired, to keep its token.
    private const byte ValueVersion = 1;
    private const int TokenLength = 9;
    private const int HeaderLength = 17;

    /// <summary>Takes a lease that is free, expired or already the owner's.</summary>
    /// <returns>The lease with its new token, or null while another owner holds it.</returns>
    public ValueTask<Lease?> TryAcquireAsync(string name, string owner, TimeSpan duration)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var now = time.GetUtcNow();
        return partition.UpdateAsync((table: this, name, owner, now, expires: now + duration), static (current, batch, call) =>
        {
            var key = call.table.KeyOf(call.name);
            var held = Read(current, key, call.name);
            if (held is not null && held.Owner != call.owner && held.Expires > call.now)
            {
                return null;
            }

            var lease = new Lease(call.name, call.owner, (held?.Token ?? 0) + 1, call.expires);
            Write(batch, key, lease);
            return lease;
        });
    }

    /// <summary>Moves the expiry of a lease that has not changed hands; an expired one that nobody took counts as kept.</summary>
    /// <returns>The lease with its new expiry, or null if it was lost.</returns>
    public ValueTask<Lease?> TryRenewAsync(Lease lease, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return partition.UpdateAsync((table: this, lease: lease with { Expires = time.GetUtcNow() + duration }), static (current, batch, call) =>
        {
            var key = call.table.KeyOf(call.lease.Name);
            if (Read(current, key, call.lease.Name) is not { } held || held.Token != call.lease.Token)
            {
                return null;
            }

            Write(batch, key, call.lease);
            return call.lease;
        });
    }

    /// <summary>Lets others take the lease at once. Without effect if it has changed hands.</summary>
    public async ValueTask ReleaseAsync(Lease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var batch = new Batch();
        Guard(batch, lease);
        Write(batch, KeyOf(lease.Name), lease with { Expires = DateTimeOffset.MinValue });
        await partition.CommitAsync(batch).ConfigureAwait(false);
    }

    /// <summary>The lease as it stands, expired or not.</summary>
    public Lease? Find(string name) => Read(partition, KeyOf(name), name);

    /// <summary>Makes a batch for the leases' partition fail unless the lease still has the same token.</summary>
    public void Guard(Batch batch, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(lease);
        Span<byte> token = stackalloc byte[TokenLength];
        token[0] = ValueVersion;
        BinaryPrimitives.WriteInt64BigEndian(token[1..], lease.Token);
        batch.RequirePrefix(KeyOf(lease.Name), token);
    }

    private byte[] KeyOf(string name)
    {
        using var key = new KeyWriter(stackalloc byte[128]);
        key.WriteRaw(prefix.Span);
        key.WriteText(name);
        return key.Written.ToArray();
    }

    private static Lease? Read(IPartitionReader reader, byte[] key, string name)
    {
        using var value = reader.Get(key);
        if (!value.Exists)
        {
            return null;
        }

        var span = value.Span;
        if (span.Length < HeaderLength || span[0] != ValueVersion)
        {
            throw new StorageException(StorageFailure.Corrupt, $"The record of lease '{name}' is malformed.");
        }

        return new Lease(
            name,
            Encoding.UTF8.GetString(span[HeaderLength..]),
            BinaryPrimitives.ReadInt64BigEndian(span[1..]),
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(span[9..]), TimeSpan.Zero));
    }

    private static void Write(Batch batch, byte[] key, Lease lease)
    {
        var owner = Encoding.UTF8.GetBytes(lease.Owner);
        var value = new byte[HeaderLength + owner.Length];
        value[0] = ValueVersion;
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(1), lease.Token);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(9), lease.Expires.UtcTicks);
        owner.CopyTo(value, HeaderLength);
        batch.Put(key, value);
    }
}
