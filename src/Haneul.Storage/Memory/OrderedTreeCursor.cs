namespace Haneul.Storage.Memory;

/// <summary>Walks a range of a tree, which cannot change under it.</summary>
internal sealed class OrderedTreeCursor : Cursor
{
    private readonly byte[] _lower;
    private readonly byte[] _upper;
    private readonly int _head;
    private readonly bool _descending;

    // The nodes on the way whose own entry and far side are still to come; the next one on top.
    private readonly Stack<OrderedTree> _path = new();
    private OrderedTree? _current;
    private int _left;

    public OrderedTreeCursor(OrderedTree? tree, byte[] lower, byte[] upper, int head, ScanOrder order, int limit)
    {
        _lower = lower;
        _upper = upper;
        _head = head;
        _descending = order == ScanOrder.Descending;
        _left = limit;
        Descend(tree);
    }

    public override ReadOnlySpan<byte> Key => Standing.Key.AsSpan(_head);

    public override ReadOnlySpan<byte> Value => Standing.Value;

    private OrderedTree Standing => _current ?? throw new InvalidOperationException("The cursor does not stand on an entry.");

    public override bool MoveNext()
    {
        _current = null;
        if (_left <= 0 || !_path.TryPop(out var node) || !InRange(node))
        {
            _left = 0;
            return false;
        }

        _left--;
        _current = node;
        Descend(_descending ? node.Left : node.Right);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _path.Clear();
        _current = null;
        _left = 0;
    }

    private void Descend(OrderedTree? tree)
    {
        while (tree is not null)
        {
            if (_descending)
            {
                if (tree.Key.AsSpan().SequenceCompareTo(_upper) < 0)
                {
                    _path.Push(tree);
                    tree = tree.Right;
                }
                else
                {
                    tree = tree.Left;
                }
            }
            else if (tree.Key.AsSpan().SequenceCompareTo(_lower) >= 0)
            {
                _path.Push(tree);
                tree = tree.Left;
            }
            else
            {
                tree = tree.Right;
            }
        }
    }

    private bool InRange(OrderedTree node) => _descending
        ? node.Key.AsSpan().SequenceCompareTo(_lower) >= 0
        : node.Key.AsSpan().SequenceCompareTo(_upper) < 0;
}
