using System.Text;
using System.Text.Json;
using Haneul.Kernel.Shapes;
using Haneul.Kernel.Shapes.Validation;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// An item, a key or the values of an expression: attributes in the compact form, on the way from the request's bytes to the store and
/// back without an object for each. Immutable.
/// </summary>
public sealed class AttributeMap
{
    private static readonly JsonReaderOptions s_json = new() { MaxDepth = 256 };

    private readonly ReadOnlyMemory<byte> _payload;

    internal AttributeMap(ReadOnlyMemory<byte> payload, string? invalid = null)
    {
        _payload = payload;
        Invalid = invalid;
    }

    public static AttributeMap Empty { get; } = new(new byte[1]);

    public int Count => Encoded.Count(Span);

    /// <summary>The payload of a map; see <see cref="Encoded"/>.</summary>
    internal ReadOnlySpan<byte> Span => _payload.Span;

    /// <summary>What AWS says about values that are not legal, or null.</summary>
    internal string? Invalid { get; }

    /// <summary>Which attribute <see cref="Invalid"/> is about.</summary>
    internal string? InvalidName { get; private init; }

    /// <summary>Reads attributes from a request. Illegal values are noted, to be refused when it is their turn.</summary>
    public static AttributeMap Read(ShapeReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var writer = new ValueWriter();
        if (reader.TryReadRawJson(out var raw))
        {
            var json = new Utf8JsonReader(raw.Span, s_json);
            json.Read();
            JsonValues.ReadMap(ref json, writer, depth: 0, out var name);
            return new AttributeMap(writer.Written.ToArray(), writer.Invalid) { InvalidName = name };
        }
        else
        {
            ShapeValues.ReadMap(reader, writer, depth: 0, out var name);
            return new AttributeMap(writer.Written.ToArray(), writer.Invalid) { InvalidName = name };
        }
    }

    public void Write(ShapeWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (writer is Validator)
        {
            // The model bounds nothing inside of items; what AWS checks there was checked while reading.
            writer.BeginMap(0);
            writer.EndMap();
            return;
        }

        using var json = new JsonBuffer(Span.Length * 2);
        JsonValueWriter.WriteMap(json, Span);
        if (!writer.TryWriteRawJson(json.Written))
        {
            ShapeValues.WriteMap(writer, Span);
        }
    }

    internal AttributeValue? Find(string name)
    {
        var found = Find(Encoding.UTF8.GetBytes(name));
        return found.IsEmpty ? null : new AttributeValue(found.ToArray());
    }

    internal ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name) => Encoded.Find(Span, name);

    /// <summary>The names of the attributes, sorted.</summary>
    internal List<string> Names()
    {
        var rest = Span;
        var names = new List<string>();
        for (var left = Encoded.ReadLength(ref rest); left > 0; left--)
        {
            names.Add(Encoding.UTF8.GetString(Encoded.ReadBytes(ref rest)));
            Encoded.ReadValue(ref rest);
        }

        return names;
    }

    public override string ToString() => Encoding.UTF8.GetString(ToJson());

    private byte[] ToJson()
    {
        using var json = new JsonBuffer(Span.Length * 2);
        JsonValueWriter.WriteMap(json, Span);
        return json.Written.ToArray();
    }
}
