using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>The parts of an item that a reader wants: a tree of names and positions.</summary>
internal sealed class ItemProjection
{
    private readonly Node _root = new();

    private ItemProjection(IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths)
        {
            var node = _root;
            foreach (var step in path.Steps)
            {
                node = node.Child(step);
            }

            node.Whole = true;
        }

        _root.Sort();
    }

    /// <summary>The top-level attributes it touches.</summary>
    public IEnumerable<string> Attributes => _root.Children.Select(child => child.Step.Name!);

    public static ItemProjection Of(IEnumerable<DocumentPath> paths) => new(paths);

    public static ItemProjection Of(IEnumerable<string> attributes) => new(attributes.Select(DocumentPath.Of));

    /// <summary>The payload of a map with the wanted parts of <paramref name="item"/>.</summary>
    public void Apply(ReadOnlySpan<byte> item, ValueWriter writer) => WriteMap(_root, item, writer);

    public byte[] Apply(ReadOnlySpan<byte> item)
    {
        using var writer = new ValueWriter(item.Length + 8);
        Apply(item, writer);
        return writer.Written.ToArray();
    }

    private static int WriteMap(Node node, ReadOnlySpan<byte> map, ValueWriter writer)
    {
        var container = writer.Begin();
        var count = 0;
        foreach (var child in node.Children)
        {
            if (child.Step.IsIndex)
            {
                continue;
            }

            var value = Encoded.Find(map, child.Step.Utf8);
            if (value.IsEmpty || !child.Keeps(value))
            {
                continue;
            }

            writer.Entry();
            writer.Bytes(child.Step.Utf8);
            Write(child, value, writer);
            count++;
        }

        writer.EndMap(container);
        return count;
    }

    private static void Write(Node node, ReadOnlySpan<byte> value, ValueWriter writer)
    {
        if (node.Whole)
        {
            writer.Raw(value);
            return;
        }

        var kind = Encoded.Kind(value);
        writer.Kind(kind);
        var start = writer.Open();
        if (kind == ValueKind.Map)
        {
            WriteMap(node, Encoded.Payload(value), writer);
        }
        else
        {
            WriteList(node, Encoded.Payload(value), writer);
        }

        writer.Close(start);
    }

    // Wanted elements move together; their positions are not kept.
    private static void WriteList(Node node, ReadOnlySpan<byte> list, ValueWriter writer)
    {
        var container = writer.Begin();
        var count = 0;
        foreach (var child in node.Children)
        {
            if (child.Step.IsIndex && Encoded.At(list, child.Step.Index) is var value && !value.IsEmpty && child.Keeps(value))
            {
                Write(child, value, writer);
                count++;
            }
        }

        writer.EndList(container, count);
    }

    private sealed class Node
    {
        public PathStep Step { get; private init; }

        public bool Whole { get; set; }

        public List<Node> Children { get; } = [];

        public Node Child(PathStep step)
        {
            var child = Children.Find(child => child.Step.Same(step));
            if (child is null)
            {
                Children.Add(child = new Node { Step = step });
            }

            return child;
        }

        /// <summary>Whether anything of the value is wanted and there.</summary>
        public bool Keeps(ReadOnlySpan<byte> value)
        {
            if (Whole)
            {
                return true;
            }

            foreach (var child in Children)
            {
                var part = (Encoded.Kind(value), child.Step.IsIndex) switch
                {
                    (ValueKind.Map, false) => Encoded.Find(Encoded.Payload(value), child.Step.Utf8),
                    (ValueKind.List, true) => Encoded.At(Encoded.Payload(value), child.Step.Index),
                    _ => default,
                };
                if (!part.IsEmpty && child.Keeps(part))
                {
                    return true;
                }
            }

            return false;
        }

        public void Sort()
        {
            Children.Sort(static (a, b) => a.Step.IsIndex && b.Step.IsIndex
                ? a.Step.Index.CompareTo(b.Step.Index)
                : (a.Step.Utf8 ?? []).AsSpan().SequenceCompareTo(b.Step.Utf8 ?? []));
            Children.ForEach(child => child.Sort());
        }
    }
}
