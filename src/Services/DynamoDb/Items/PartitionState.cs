using System.Buffers.Binary;
using Haneul.Storage;

namespace Haneul.DynamoDb.Items;

/// <summary>
/// What a partition knows of itself: for which epoch of its table it is written, the next number of its stream, and how many items of
/// what size are in the table and each index. Read and written with every change, so that it is always exact.
/// </summary>
internal sealed class PartitionState
{
    private const byte Version = 1;
    private const int Header = 13;
    private const int PerView = 17;

    private readonly List<View> _views = [];

    public uint Epoch { get; set; } = 1;

    /// <summary>The last number that a change got.</summary>
    public ulong Sequence { get; set; }

    public static PartitionState Read(IPartitionReader reader)
    {
        using var value = reader.Get([DynamoDbKeyspace.State]);
        var state = new PartitionState();
        if (!value.Exists)
        {
            return state;
        }

        var bytes = value.Span;
        if (bytes[0] != Version)
        {
            throw new FormatException("A partition's state has an unknown version.");
        }

        state.Epoch = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        state.Sequence = BinaryPrimitives.ReadUInt64BigEndian(bytes[5..]);
        for (var rest = bytes[Header..]; !rest.IsEmpty; rest = rest[PerView..])
        {
            state._views.Add(new View(
                rest[0], BinaryPrimitives.ReadInt64BigEndian(rest[1..]), BinaryPrimitives.ReadInt64BigEndian(rest[9..])));
        }

        return state;
    }

    /// <param name="index">The number of an index, or 0 for the table.</param>
    public View Find(byte index)
    {
        foreach (var view in _views)
        {
            if (view.Index == index)
            {
                return view;
            }
        }

        return new View(index, 0, 0);
    }

    public void Add(byte index, int items, int bytes)
    {
        for (var i = 0; i < _views.Count; i++)
        {
            if (_views[i].Index == index)
            {
                _views[i] = new View(index, _views[i].Items + items, _views[i].Bytes + bytes);
                return;
            }
        }

        _views.Add(new View(index, items, bytes));
    }

    public void Forget(byte index) => _views.RemoveAll(view => view.Index == index);

    public void Write(Batch batch)
    {
        var length = Header + (_views.Count * PerView);
        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[5..], Sequence);
        var rest = bytes[Header..];
        foreach (var view in _views)
        {
            rest[0] = view.Index;
            BinaryPrimitives.WriteInt64BigEndian(rest[1..], view.Items);
            BinaryPrimitives.WriteInt64BigEndian(rest[9..], view.Bytes);
            rest = rest[PerView..];
        }

        batch.Put([DynamoDbKeyspace.State], bytes);
    }

    /// <summary>Size of the table or of an index, as far as it lies in the partition.</summary>
    internal readonly record struct View(byte Index, long Items, long Bytes);
}
