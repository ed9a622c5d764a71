using System.Text.Json;
using Haneul.Kernel.Shapes;
using Haneul.Kernel.Shapes.Validation;

namespace Haneul.DynamoDb.Values;

/// <summary>One value in the compact form, where the contract has one outside of a map. Immutable.</summary>
public sealed class AttributeValue
{
    private static readonly JsonReaderOptions s_json = new() { MaxDepth = 256 };

    private readonly ReadOnlyMemory<byte> _encoded;

    internal AttributeValue(ReadOnlyMemory<byte> encoded, string? invalid = null)
    {
        _encoded = encoded;
        Invalid = invalid;
    }

    /// <summary>The value; see <see cref="Values.Encoded"/>.</summary>
    internal ReadOnlySpan<byte> Span => _encoded.Span;

    internal ValueKind Kind => Encoded.Kind(Span);

    /// <summary>What AWS says about a value that is not legal, or null.</summary>
    internal string? Invalid { get; }

    public static AttributeValue Read(ShapeReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var writer = new ValueWriter(64);
        if (reader.TryReadRawJson(out var raw))
        {
            var json = new Utf8JsonReader(raw.Span, s_json);
            json.Read();
            JsonValues.ReadValue(ref json, writer, depth: 0);
        }
        else
        {
            ShapeValues.ReadValue(reader, writer, depth: 0);
        }

        return new AttributeValue(writer.Written.ToArray(), writer.Invalid);
    }

    public void Write(ShapeWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (writer is Validator)
        {
            writer.BeginStructure(Contracts.DynamoDbSchemas.AttributeValue);
            writer.EndStructure();
            return;
        }

        using var json = new JsonBuffer(Span.Length * 2);
        JsonValueWriter.WriteValue(json, Span);
        if (!writer.TryWriteRawJson(json.Written))
        {
            ShapeValues.WriteValue(writer, Span);
        }
    }

    public override string ToString() => Encoded.Show(Span);
}
