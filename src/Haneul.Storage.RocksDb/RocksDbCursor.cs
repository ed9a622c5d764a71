using System.Runtime.InteropServices;

namespace Haneul.Storage.RocksDb;

/// <summary>A scan of the engine: an iterator with bounds, which sees the state as of its making.</summary>
internal sealed unsafe class RocksDbCursor : Cursor
{
    private readonly RocksDbEngine _engine;
    private readonly int _slot;
    private readonly int _head;
    private readonly bool _descending;

    // The engine looks at the bounds during the whole scan, so they lie in native memory: lower, then upper.
    private readonly byte* _bounds;
    private readonly nint _options;
    private nint _iterator;
    private int _left;
    private bool _started;
    private bool _standing;

    public RocksDbCursor(RocksDbEngine engine, int slot, byte[] lower, byte[] upper, int head, ScanOrder order, int limit, nint snapshot)
    {
        _engine = engine;
        _slot = slot;
        _head = head;
        _descending = order == ScanOrder.Descending;
        _left = lower.AsSpan().SequenceCompareTo(upper) < 0 ? limit : 0;

        _bounds = (byte*)NativeMemory.Alloc((nuint)(lower.Length + upper.Length));
        lower.CopyTo(new Span<byte>(_bounds, lower.Length));
        upper.CopyTo(new Span<byte>(_bounds + lower.Length, upper.Length));
        _options = Native.RocksDb.ReadOptionsCreate();
        Native.RocksDb.ReadOptionsSetLowerBound(_options, _bounds, (nuint)lower.Length);
        Native.RocksDb.ReadOptionsSetUpperBound(_options, _bounds + lower.Length, (nuint)upper.Length);
        if (snapshot != 0)
        {
            Native.RocksDb.ReadOptionsSetSnapshot(_options, snapshot);
        }

        _iterator = Native.RocksDb.CreateIterator(engine.Handle, _options);
    }

    ~RocksDbCursor() => Dispose(disposing: false);

    public override ReadOnlySpan<byte> Key
    {
        get
        {
            RequireStanding();
            var key = Native.RocksDb.IteratorKey(_iterator, out var length);
            return new ReadOnlySpan<byte>(key, (int)length)[_head..];
        }
    }

    public override ReadOnlySpan<byte> Value
    {
        get
        {
            RequireStanding();
            var value = Native.RocksDb.IteratorValue(_iterator, out var length);
            return new ReadOnlySpan<byte>(value, (int)length);
        }
    }

    public override bool MoveNext()
    {
        _standing = false;
        if (_left <= 0 || _iterator == 0)
        {
            return false;
        }

        Step();
        if (Native.RocksDb.IteratorValid(_iterator) == 0)
        {
            // The end of the range and a read error look alike until asked.
            _left = 0;
            nint error = 0;
            Native.RocksDb.IteratorGetError(_iterator, ref error);
            RocksDbError.Check(error, _engine.Directory);
            return false;
        }

        _left--;
        return _standing = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (_iterator != 0)
        {
            Native.RocksDb.IteratorDestroy(_iterator);
            Native.RocksDb.ReadOptionsDestroy(_options);
            NativeMemory.Free(_bounds);
            _iterator = 0;
            _standing = false;
            _engine.Rundown.Leave(_slot);
        }
    }

    private void Step()
    {
        if (_started)
        {
            if (_descending)
            {
                Native.RocksDb.IteratorPrev(_iterator);
            }
            else
            {
                Native.RocksDb.IteratorNext(_iterator);
            }

            return;
        }

        _started = true;
        if (_descending)
        {
            Native.RocksDb.IteratorSeekToLast(_iterator);
        }
        else
        {
            Native.RocksDb.IteratorSeekToFirst(_iterator);
        }
    }

    private void RequireStanding()
    {
        if (!_standing)
        {
            throw new InvalidOperationException("The cursor does not stand on an entry.");
        }
    }
}
