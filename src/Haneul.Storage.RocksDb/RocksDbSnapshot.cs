using Haneul.Storage.Embedded;

namespace Haneul.Storage.RocksDb;

/// <summary>A sequence number that the engine keeps readable, with the read options that name it.</summary>
internal sealed class RocksDbSnapshot : EngineSnapshot
{
    private readonly RocksDbEngine _engine;
    private readonly int _slot;
    private int _disposed;

    public RocksDbSnapshot(RocksDbEngine engine, int slot)
    {
        _engine = engine;
        _slot = slot;
        Handle = Native.RocksDb.CreateSnapshot(engine.Handle);
        ReadOptions = Native.RocksDb.ReadOptionsCreate();
        Native.RocksDb.ReadOptionsSetSnapshot(ReadOptions, Handle);
    }

    ~RocksDbSnapshot() => Release();

    public nint Handle { get; }

    public nint ReadOptions { get; }

    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    public override void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Native.RocksDb.ReadOptionsDestroy(ReadOptions);
            Native.RocksDb.ReleaseSnapshot(_engine.Handle, Handle);
            _engine.Rundown.Leave(_slot);
        }
    }
}
