using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

internal enum UpdateKind : byte
{
    Set,
    Remove,
    Add,
    Delete,
}

/// <summary>One change of an update.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Path">Where.</param>
/// <param name="Source">With what; nothing for REMOVE.</param>
/// <param name="WrongType">The complaint about an attribute that it cannot be done to.</param>
internal sealed record UpdateAction(UpdateKind Kind, DocumentPath Path, UpdateOperand? Source, string WrongType = UpdateOperand.WrongType);

/// <summary>What is on the right side of an update's action.</summary>
internal abstract class UpdateOperand
{
    public const string WrongType = "An operand in the update expression has an incorrect data type";
    public const string NoAttribute = "The provided expression refers to an attribute that does not exist in the item";

    /// <summary>The value that the item as it was gives.</summary>
    public abstract ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item);

    public virtual ValueKind Known => ValueKind.None;
}

internal sealed class UpdateValue(byte[] value) : UpdateOperand
{
    public override ValueKind Known => Encoded.Kind(value);

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item) => value;
}

internal sealed class UpdatePath(DocumentPath path) : UpdateOperand
{
    public DocumentPath Path => path;

    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item)
    {
        var value = path.Find(item);
        DynamoErrors.ThrowIf(value.IsEmpty, NoAttribute);
        return value;
    }
}

internal sealed class IfNotExists(DocumentPath path, UpdateOperand otherwise) : UpdateOperand
{
    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item)
    {
        var value = path.Find(item);
        return value.IsEmpty ? otherwise.Of(item) : value;
    }
}

internal sealed class ListAppend(UpdateOperand first, UpdateOperand second) : UpdateOperand
{
    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item)
    {
        var head = first.Of(item);
        var tail = second.Of(item);
        DynamoErrors.ThrowIf(Encoded.Kind(head) != ValueKind.List || Encoded.Kind(tail) != ValueKind.List, WrongType);
        head = Encoded.Payload(head);
        tail = Encoded.Payload(tail);
        var count = Encoded.ReadLength(ref head) + Encoded.ReadLength(ref tail);
        using var writer = new ValueWriter(head.Length + tail.Length + 16);
        writer.Kind(ValueKind.List);
        var start = writer.Open();
        writer.Number(count);
        writer.Raw(head);
        writer.Raw(tail);
        writer.Close(start);
        return writer.Written.ToArray();
    }
}

internal sealed class Arithmetic(UpdateOperand left, UpdateOperand right, bool minus) : UpdateOperand
{
    public override ReadOnlySpan<byte> Of(ReadOnlySpan<byte> item)
    {
        var a = left.Of(item);
        var b = right.Of(item);
        DynamoErrors.ThrowIf(Encoded.Kind(a) != ValueKind.Number || Encoded.Kind(b) != ValueKind.Number, WrongType);
        return Compute(a, b, minus);
    }

    /// <summary>The sum or difference of two values of kind N, as a value.</summary>
    public static byte[] Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool minus)
    {
        var x = Number.Of(Encoded.Payload(a));
        var y = Number.Of(Encoded.Payload(b));
        if (!(minus ? Number.TrySubtract(x, y, out var result, out var error) : Number.TryAdd(x, y, out result, out error)))
        {
            DynamoErrors.Throw(error!);
        }

        return SizeOperand.Encode(result);
    }
}
