namespace Haneul.Kernel.Shapes;

/// <summary>
/// Reads shapes from some protocol's bytes. A class with virtual calls rather than a generic parameter: every shape is compiled once,
/// so that a native binary grows with the number of shapes and not with shapes times protocols.
/// </summary>
/// <remarks>All methods throw <see cref="WireFormatException"/> when the bytes are not what the schema says.</remarks>
public abstract class ShapeReader
{
    /// <summary>Enters a structure. Every <see cref="BeginStructure"/> ends with <see cref="NextMember"/> returning -1.</summary>
    public abstract void BeginStructure(Schema schema);

    /// <summary>Moves to the next member that is present and not null; its index in the schema, or -1 at the end.</summary>
    public abstract int NextMember();

    public abstract void BeginList();

    /// <summary>Moves to the next element; false at the end, which leaves the list.</summary>
    public abstract bool NextElement();

    public abstract void BeginMap();

    /// <summary>Moves to the next entry; false at the end, which leaves the map.</summary>
    public abstract bool NextEntry(out string key);

    public abstract string ReadString();

    public abstract bool ReadBoolean();

    public abstract int ReadInteger();

    public abstract long ReadLong();

    public abstract double ReadDouble();

    public virtual float ReadFloat() => (float)ReadDouble();

    public abstract DateTimeOffset ReadTimestamp();

    public abstract byte[] ReadBlob();

    /// <summary>The request's body while it arrives; only where the model says that the member streams.</summary>
    public virtual Stream ReadStream() => new MemoryStream(ReadBlob(), writable: false);

    /// <summary>
    /// The current value as JSON bytes, undecoded but known to be well-formed. Only JSON readers can; others return false and stay where
    /// they are. Meant for hand-written hot shapes.
    /// </summary>
    public virtual bool TryReadRawJson(out ReadOnlyMemory<byte> json)
    {
        json = default;
        return false;
    }

    public List<T> ReadStructures<T>()
        where T : class, IShape<T> => ReadList(T.Read);

    public List<string> ReadStrings() => ReadList(static reader => reader.ReadString());

    public Dictionary<string, string> ReadStringMap() => ReadMap(static reader => reader.ReadString());

    public List<T> ReadList<T>(Func<ShapeReader, T> element)
    {
        var list = new List<T>();
        BeginList();
        while (NextElement())
        {
            list.Add(element(this));
        }

        return list;
    }

    public Dictionary<string, T> ReadMap<T>(Func<ShapeReader, T> value)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        BeginMap();
        while (NextEntry(out var key))
        {
            map[key] = value(this);
        }

        return map;
    }
}
