namespace Haneul.Kernel.Shapes;

/// <summary>Receives the walk over a shape: a protocol's encoder, the validator, or anything else that looks at values by their schema.</summary>
public abstract class ShapeWriter
{
    public abstract void BeginStructure(Schema schema);

    public abstract void EndStructure();

    /// <summary>Announces a member of the current structure; its value is the next call.</summary>
    public abstract void Member(MemberSchema member);

    public abstract void BeginList(int count);

    public abstract void EndList();

    public abstract void BeginMap(int count);

    /// <summary>Announces an entry of the current map; its value is the next call.</summary>
    public abstract void Key(string key);

    public abstract void EndMap();

    public abstract void WriteString(string value);

    public abstract void WriteBoolean(bool value);

    public abstract void WriteInteger(int value);

    public abstract void WriteLong(long value);

    public abstract void WriteDouble(double value);

    public virtual void WriteFloat(float value) => WriteDouble(value);

    public abstract void WriteTimestamp(DateTimeOffset value);

    public abstract void WriteBlob(ReadOnlyMemory<byte> value);

    /// <summary>Sends a body that is read while it is sent; only where the model says that the member streams.</summary>
    public virtual void WriteStream(Stream value) => throw new NotSupportedException("This protocol has no streaming bodies.");

    /// <summary>Sends events as they come; only where the model says that the member is an event stream.</summary>
    public virtual void WriteEvents(IAsyncEnumerable<IShape> events) => throw new NotSupportedException("This protocol has no event streams.");

    /// <summary>
    /// Writes the current value as JSON bytes made elsewhere. Only JSON writers can; others return false and expect the ordinary calls.
    /// Meant for hand-written hot shapes.
    /// </summary>
    public virtual bool TryWriteRawJson(ReadOnlySpan<byte> json) => false;

    public void WriteStructures<T>(IReadOnlyList<T> list)
        where T : class, IShape => WriteList(list, static (writer, item) => item.Write(writer));

    public void WriteStrings(IReadOnlyList<string> list) => WriteList(list, static (writer, item) => writer.WriteString(item));

    public void WriteStringMap(IReadOnlyDictionary<string, string> map) =>
        WriteMap(map, static (writer, item) => writer.WriteString(item));

    public void WriteList<T>(IReadOnlyList<T> list, Action<ShapeWriter, T> element)
    {
        BeginList(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            element(this, list[i]);
        }

        EndList();
    }

    public void WriteMap<T>(IReadOnlyDictionary<string, T> map, Action<ShapeWriter, T> entry)
    {
        BeginMap(map.Count);
        foreach (var (key, value) in map)
        {
            Key(key);
            entry(this, value);
        }

        EndMap();
    }
}
