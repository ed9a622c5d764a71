namespace Haneul.Storage.Memory;

/// <summary>
/// An immutable ordered map of byte strings: a balanced tree whose changes copy one path and share the rest, so that a snapshot is
/// a reference and readers need no lock.
/// </summary>
/// <remarks>
/// Siblings' heights differ by two at most. Everything is built from <see cref="Join"/>, which puts two trees of any heights
/// together around a middle entry in time proportional to the difference of their heights.
/// </remarks>
internal sealed class OrderedTree
{
    private OrderedTree(OrderedTree? left, byte[] key, byte[] value, OrderedTree? right)
    {
        Left = left;
        Key = key;
        Value = value;
        Right = right;
        Height = 1 + Math.Max(HeightOf(left), HeightOf(right));
    }

    public byte[] Key { get; }

    public byte[] Value { get; }

    public OrderedTree? Left { get; }

    public OrderedTree? Right { get; }

    public int Height { get; }

    public static byte[]? Find(OrderedTree? tree, ReadOnlySpan<byte> key)
    {
        while (tree is not null)
        {
            var order = key.SequenceCompareTo(tree.Key);
            if (order == 0)
            {
                return tree.Value;
            }

            tree = order < 0 ? tree.Left : tree.Right;
        }

        return null;
    }

    public static OrderedTree Put(OrderedTree? tree, byte[] key, byte[] value)
    {
        if (tree is null)
        {
            return new OrderedTree(null, key, value, null);
        }

        var order = key.AsSpan().SequenceCompareTo(tree.Key);
        return order == 0 ? new OrderedTree(tree.Left, tree.Key, value, tree.Right)
            : order < 0 ? Balance(Put(tree.Left, key, value), tree, tree.Right)
            : Balance(tree.Left, tree, Put(tree.Right, key, value));
    }

    public static OrderedTree? Remove(OrderedTree? tree, ReadOnlySpan<byte> key)
    {
        if (tree is null)
        {
            return null;
        }

        var order = key.SequenceCompareTo(tree.Key);
        if (order == 0)
        {
            return Concatenate(tree.Left, tree.Right);
        }

        if (order < 0)
        {
            var left = Remove(tree.Left, key);
            return ReferenceEquals(left, tree.Left) ? tree : Balance(left, tree, tree.Right);
        }

        var right = Remove(tree.Right, key);
        return ReferenceEquals(right, tree.Right) ? tree : Balance(tree.Left, tree, right);
    }

    /// <summary>Removes the keys from <paramref name="lower"/> to below <paramref name="upper"/>.</summary>
    public static OrderedTree? RemoveRange(OrderedTree? tree, ReadOnlySpan<byte> lower, ReadOnlySpan<byte> upper) =>
        lower.SequenceCompareTo(upper) >= 0 ? tree : Concatenate(Below(tree, lower), NotBelow(tree, upper));

    private static OrderedTree? Below(OrderedTree? tree, ReadOnlySpan<byte> key) =>
        tree is null ? null
        : key.SequenceCompareTo(tree.Key) <= 0 ? Below(tree.Left, key)
        : Join(tree.Left, tree, Below(tree.Right, key));

    private static OrderedTree? NotBelow(OrderedTree? tree, ReadOnlySpan<byte> key) =>
        tree is null ? null
        : key.SequenceCompareTo(tree.Key) > 0 ? NotBelow(tree.Right, key)
        : Join(NotBelow(tree.Left, key), tree, tree.Right);

    private static OrderedTree? Concatenate(OrderedTree? left, OrderedTree? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        var first = right;
        while (first.Left is not null)
        {
            first = first.Left;
        }

        return Join(left, first, RemoveFirst(right));
    }

    private static OrderedTree? RemoveFirst(OrderedTree tree) =>
        tree.Left is null ? tree.Right : Balance(RemoveFirst(tree.Left), tree, tree.Right);

    // All of left is below the middle entry, all of right above.
    private static OrderedTree Join(OrderedTree? left, OrderedTree middle, OrderedTree? right) =>
        left is not null && left.Height > HeightOf(right) + 2 ? Balance(left.Left, left, Join(left.Right, middle, right))
        : right is not null && right.Height > HeightOf(left) + 2 ? Balance(Join(left, middle, right.Left), right, right.Right)
        : Node(left, middle, right);

    // One side may have become higher by one than the rule allows: one or two rotations.
    private static OrderedTree Balance(OrderedTree? left, OrderedTree middle, OrderedTree? right)
    {
        if (left is not null && left.Height > HeightOf(right) + 2)
        {
            return HeightOf(left.Left) >= HeightOf(left.Right)
                ? Node(left.Left, left, Node(left.Right, middle, right))
                : Node(Node(left.Left, left, left.Right!.Left), left.Right, Node(left.Right.Right, middle, right));
        }

        if (right is not null && right.Height > HeightOf(left) + 2)
        {
            return HeightOf(right.Right) >= HeightOf(right.Left)
                ? Node(Node(left, middle, right.Left), right, right.Right)
                : Node(Node(left, middle, right.Left!.Left), right.Left, Node(right.Left.Right, right, right.Right));
        }

        return Node(left, middle, right);
    }

    private static OrderedTree Node(OrderedTree? left, OrderedTree entry, OrderedTree? right) => new(left, entry.Key, entry.Value, right);

    private static int HeightOf(OrderedTree? tree) => tree?.Height ?? 0;
}
