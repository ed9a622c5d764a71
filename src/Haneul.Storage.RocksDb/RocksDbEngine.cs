using System.Buffers;
using Haneul.Storage.Embedded;

namespace Haneul.Storage.RocksDb;

/// <summary>The store on disk: RocksDB behind the embedded engine's few methods.</summary>
internal sealed class RocksDbEngine : EmbeddedEngine
{
    // Most items fit, so that one native call finds and copies a value.
    private const int UsualValue = 4096;

    // Above this, a clean stop writes the memtable out so that the next start has no log to replay.
    private const ulong FlushAtStop = 1 << 20;

    private static readonly TimeSpan s_longestUse = TimeSpan.FromSeconds(5);

    private readonly nint _readOptions = Native.RocksDb.ReadOptionsCreate();
    private readonly nint _writeOptions = Native.RocksDb.WriteOptionsCreate();
    private readonly GroupCommit? _log;
    private int _disposed;

    private RocksDbEngine(nint handle, string directory, Durability durability)
    {
        Handle = handle;
        Directory = directory;
        _log = durability == Durability.GroupCommit ? new GroupCommit(FlushLog) : null;
    }

    public nint Handle { get; }

    public string Directory { get; }

    public Rundown Rundown { get; } = new();

    /// <exception cref="StorageException">The directory is locked, damaged or unreachable.</exception>
    public static RocksDbEngine Open(string directory, RocksDbStoreOptions options)
    {
        var settings = RocksDbSettings.Of(options);
        nint handle;
        nint error = 0;
        try
        {
            handle = Native.RocksDb.Open(settings, directory, ref error);
        }
        finally
        {
            Native.RocksDbOptions.Destroy(settings);
        }

        RocksDbError.Check(error, directory);
        try
        {
            if (options.VerifyAll || TableBytes(handle) <= (ulong)options.VerifyUpTo)
            {
                Native.RocksDb.VerifyChecksum(handle, ref error);
                RocksDbError.Check(error, directory);
            }
        }
        catch
        {
            Native.RocksDb.Close(handle);
            throw;
        }

        DataDirectory.Claim(directory);
        return new RocksDbEngine(handle, directory, options.Durability);
    }

    public static void Repair(string directory)
    {
        var settings = RocksDbSettings.Of(new RocksDbStoreOptions());
        nint error = 0;
        Native.RocksDb.Repair(settings, directory, ref error);
        Native.RocksDbOptions.Destroy(settings);
        RocksDbError.Check(error, directory);
    }

    public override unsafe StoredValue Get(scoped ReadOnlySpan<byte> key, EngineSnapshot? at)
    {
        var slot = Rundown.Enter();
        var buffer = ArrayPool<byte>.Shared.Rent(UsualValue);
        var kept = false;
        try
        {
            var options = ReadOptionsAt(at);
            while (true)
            {
                byte copied;
                byte found;
                nuint length;
                nint error = 0;
                fixed (byte* keyAt = key)
                fixed (byte* bufferAt = buffer)
                {
                    copied = Native.RocksDb.GetIntoBuffer(
                        Handle, options, keyAt, (nuint)key.Length, bufferAt, (nuint)buffer.Length, out length, out found, ref error);
                }

                RocksDbError.Check(error, Directory);
                if (found == 0)
                {
                    return default;
                }

                if (copied != 0)
                {
                    kept = true;
                    return new StoredValue(buffer.AsSpan(0, (int)length), buffer);
                }

                // Larger than usual; it may have grown again by the next look.
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(checked((int)length));
            }
        }
        finally
        {
            if (!kept)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            Rundown.Leave(slot);
        }
    }

    public override Cursor Scan(byte[] lower, byte[] upper, int head, ScanOrder order, int limit, EngineSnapshot? at)
    {
        var slot = Rundown.Enter();
        return new RocksDbCursor(this, slot, lower, upper, head, order, limit, SnapshotOf(at)?.Handle ?? 0);
    }

    public override EngineSnapshot Snapshot() => new RocksDbSnapshot(this, Rundown.Enter());

    public override unsafe void Apply(ReadOnlySpan<PartitionWrite> writes)
    {
        var slot = Rundown.Enter();
        try
        {
            using var encoded = new WriteBatchEncoder(writes);
            if (encoded.IsEmpty)
            {
                return;
            }

            nint batch;
            fixed (byte* bytes = encoded.Written)
            {
                batch = Native.RocksDb.WriteBatchCreateFrom(bytes, (nuint)encoded.Written.Length);
            }

            nint error = 0;
            Native.RocksDb.Write(Handle, _writeOptions, batch, ref error);
            Native.RocksDb.WriteBatchDestroy(batch);
            RocksDbError.Check(error, Directory);
        }
        finally
        {
            Rundown.Leave(slot);
        }
    }

    public override ValueTask PersistAsync() => _log?.JoinAsync() ?? ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // 1. Nobody new comes in. 2. The last group gets its flush. 3. What nobody waits for is written out. 4. Files are closed.
        var empty = await Rundown.CloseAsync(s_longestUse).ConfigureAwait(false);
        _log?.Dispose();
        StopWriting();
        DataDirectory.Release(Directory);
        if (empty)
        {
            Native.RocksDb.Close(Handle);
            Native.RocksDb.ReadOptionsDestroy(_readOptions);
            Native.RocksDb.WriteOptionsDestroy(_writeOptions);
        }

        // Somebody forgot a cursor or a snapshot: everything is on disk, and memory that is still used is better lost than freed.
    }

    private static ulong TableBytes(nint handle) =>
        Native.RocksDb.PropertyInt(handle, "rocksdb.total-sst-files-size", out var size) == 0 ? size : ulong.MaxValue;

    private void StopWriting()
    {
        // Errors here lose nothing that was acknowledged: the log has it.
        nint error = 0;
        Native.RocksDb.FlushWal(Handle, sync: 1, ref error);
        if (error == 0 && Native.RocksDb.PropertyInt(Handle, "rocksdb.cur-size-all-mem-tables", out var size) == 0 && size > FlushAtStop)
        {
            var options = Native.RocksDb.FlushOptionsCreate();
            Native.RocksDb.Flush(Handle, options, ref error);
            Native.RocksDb.FlushOptionsDestroy(options);
        }

        if (error != 0)
        {
            RocksDbError.Take(error);
        }
    }

    private void FlushLog()
    {
        nint error = 0;
        Native.RocksDb.FlushWal(Handle, sync: 1, ref error);
        RocksDbError.Check(error, Directory);
    }

    private nint ReadOptionsAt(EngineSnapshot? at) => SnapshotOf(at)?.ReadOptions ?? _readOptions;

    private static RocksDbSnapshot? SnapshotOf(EngineSnapshot? at)
    {
        var snapshot = (RocksDbSnapshot?)at;
        ObjectDisposedException.ThrowIf(snapshot is { IsDisposed: true }, typeof(IPartitionSnapshot));
        return snapshot;
    }
}
