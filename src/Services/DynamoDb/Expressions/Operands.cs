using System.Text;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>Something in a condition that has a value.</summary>
internal abstract class Operand
{
    /// <summary>The value in this item, or nothing.</summary>
    public abstract ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item);

    /// <summary>The type, if it is known without an item.</summary>
    public virtual ValueKind Known => ValueKind.None;
}

internal sealed class PathOperand(DocumentPath path) : Operand
{
    public DocumentPath Path => path;

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item) => path.Find(item);
}

/// <summary>A value that the request gave.</summary>
internal sealed class ValueOperand(byte[] value) : Operand
{
    public byte[] Value => value;

    public override ValueKind Known => Encoded.Kind(value);

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item) => value;
}

/// <summary><c>size(operand)</c>: UTF-16 units of text, bytes of binary, elements of everything else that has some.</summary>
internal sealed class SizeOperand(Operand of) : Operand
{
    public Operand Inner => of;

    public override ValueKind Known => ValueKind.Number;

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item)
    {
        var value = of.Of(item);
        var kind = Encoded.Kind(value);
        if (kind is ValueKind.None or ValueKind.Number or ValueKind.Null or ValueKind.True or ValueKind.False)
        {
            return default;
        }

        var payload = Encoded.Payload(value);
        return Encode(Number.FromInt64(kind switch
        {
            ValueKind.String => Encoding.UTF8.GetCharCount(payload),
            ValueKind.Binary => payload.Length,
            _ => Encoded.Count(payload),
        }));
    }

    /// <summary>A number as a value.</summary>
    public static byte[] Encode(Number number)
    {
        Span<byte> text = stackalloc byte[Number.MaxText];
        var length = number.Format(text);
        using var writer = new ValueWriter(Number.MaxText + 4);
        writer.Scalar(ValueKind.Number, text[..length]);
        return writer.Written.ToArray();
    }
}

/// <summary>A call of a function that is a condition, used where a value should be; only to be refused.</summary>
internal sealed class ConditionOperand(Condition condition) : Operand
{
    public Condition Condition => condition;

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item) => default;
}
