using Haneul.Storage;

namespace Haneul.DynamoDb.Reads;

/// <summary>Items or entries in the order of their keys, out of one partition or of several.</summary>
internal abstract class EntrySource : IDisposable
{
    public abstract bool MoveNext();

    public abstract ReadOnlySpan<byte> Key { get; }

    public abstract ReadOnlySpan<byte> Value { get; }

    public abstract void Dispose();

    public static EntrySource One(Cursor cursor) => new Single(cursor);

    /// <summary>One reader after the other: their keys lie in this order.</summary>
    public static EntrySource Row(IReadOnlyList<Func<Cursor>> cursors) => new Chain(cursors);

    /// <summary>Readers whose keys lie between each other's.</summary>
    public static EntrySource Merge(Cursor[] cursors, ScanOrder order) => new Merged(cursors, order);

    private sealed class Single(Cursor cursor) : EntrySource
    {
        public override ReadOnlySpan<byte> Key => cursor.Key;

        public override ReadOnlySpan<byte> Value => cursor.Value;

        public override bool MoveNext() => cursor.MoveNext();

        public override void Dispose() => cursor.Dispose();
    }

    private sealed class Chain(IReadOnlyList<Func<Cursor>> cursors) : EntrySource
    {
        private Cursor? _cursor;
        private int _next;

        public override ReadOnlySpan<byte> Key => _cursor!.Key;

        public override ReadOnlySpan<byte> Value => _cursor!.Value;

        public override bool MoveNext()
        {
            while (_cursor?.MoveNext() != true)
            {
                _cursor?.Dispose();
                _cursor = null;
                if (_next == cursors.Count)
                {
                    return false;
                }

                _cursor = cursors[_next++]();
            }

            return true;
        }

        public override void Dispose() => _cursor?.Dispose();
    }

    // A handful of readers: looking at all of their keys is as quick as any heap.
    private sealed class Merged(Cursor[] cursors, ScanOrder order) : EntrySource
    {
        private readonly bool[] _standing = new bool[cursors.Length];
        private int _current = -1;

        public override ReadOnlySpan<byte> Key => cursors[_current].Key;

        public override ReadOnlySpan<byte> Value => cursors[_current].Value;

        public override bool MoveNext()
        {
            if (_current < 0)
            {
                for (var i = 0; i < cursors.Length; i++)
                {
                    _standing[i] = cursors[i].MoveNext();
                }
            }
            else
            {
                _standing[_current] = cursors[_current].MoveNext();
            }

            var best = -1;
            for (var i = 0; i < cursors.Length; i++)
            {
                if (!_standing[i])
                {
                    continue;
                }

                if (best < 0 || cursors[i].Key.SequenceCompareTo(cursors[best].Key) is var compared
                    && (order == ScanOrder.Ascending ? compared < 0 : compared > 0))
                {
                    best = i;
                }
            }

            _current = best < 0 ? 0 : best;
            return best >= 0;
        }

        public override void Dispose()
        {
            foreach (var cursor in cursors)
            {
                cursor.Dispose();
            }
        }
    }
}
