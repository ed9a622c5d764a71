using System.Text;
using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Shapes;

namespace Haneul.DynamoDb.Values;

/// <summary>The compact form through the generic walk, for calls that do not come or go as JSON.</summary>
internal static class ShapeValues
{
    public static void ReadMap(ShapeReader reader, ValueWriter writer, int depth, out string? invalid)
    {
        invalid = null;
        var map = writer.Begin();
        reader.BeginMap();
        while (reader.NextEntry(out var name))
        {
            writer.Entry();
            writer.Bytes(Encoding.UTF8.GetBytes(name));
            var was = writer.Invalid;
            ReadValue(reader, writer, depth);
            if (was is null && writer.Invalid is not null)
            {
                invalid = name;
            }
        }

        writer.EndMap(map);
    }

    public static void ReadValue(ShapeReader reader, ValueWriter writer, int depth)
    {
        var values = 0;
        reader.BeginStructure(DynamoDbSchemas.AttributeValue);
        for (int index; (index = reader.NextMember()) >= 0;)
        {
            if (values++ == 0)
            {
                ReadTyped(reader, writer, index, depth);
            }
            else
            {
                writer.Fail(ValueMessages.SeveralTypes);
                using var other = new ValueWriter(64);
                ReadTyped(reader, other, index, depth);
            }
        }

        if (values == 0)
        {
            writer.Fail(ValueMessages.NoType);
            writer.Kind(ValueKind.Null);
        }
    }

    public static void WriteMap(ShapeWriter writer, ReadOnlySpan<byte> payload)
    {
        var count = Encoded.ReadLength(ref payload);
        writer.BeginMap(count);
        for (; count > 0; count--)
        {
            writer.Key(Encoding.UTF8.GetString(Encoded.ReadBytes(ref payload)));
            WriteValue(writer, Encoded.ReadValue(ref payload));
        }

        writer.EndMap();
    }

    public static void WriteValue(ShapeWriter writer, ReadOnlySpan<byte> value)
    {
        var kind = Encoded.Kind(value);
        var payload = Encoded.Payload(value);
        writer.BeginStructure(DynamoDbSchemas.AttributeValue);
        writer.Member(DynamoDbSchemas.AttributeValue.Members[IndexOf(kind)]);
        switch (kind)
        {
            case ValueKind.String or ValueKind.Number:
                writer.WriteString(Encoding.UTF8.GetString(payload));
                break;
            case ValueKind.Binary:
                writer.WriteBlob(payload.ToArray());
                break;
            case ValueKind.Map:
                WriteMap(writer, payload);
                break;
            case ValueKind.List:
                var count = Encoded.ReadLength(ref payload);
                writer.BeginList(count);
                for (; count > 0; count--)
                {
                    WriteValue(writer, Encoded.ReadValue(ref payload));
                }

                writer.EndList();
                break;
            case ValueKind.Null or ValueKind.True or ValueKind.False:
                writer.WriteBoolean(kind != ValueKind.False);
                break;
            default:
                var elements = Encoded.ReadLength(ref payload);
                writer.BeginList(elements);
                for (; elements > 0; elements--)
                {
                    var element = Encoded.ReadBytes(ref payload);
                    if (kind == ValueKind.BinarySet)
                    {
                        writer.WriteBlob(element.ToArray());
                    }
                    else
                    {
                        writer.WriteString(Encoding.UTF8.GetString(element));
                    }
                }

                writer.EndList();
                break;
        }

        writer.EndStructure();
    }

    // The members in the order of the model: S, N, B, SS, NS, BS, M, L, NULL, BOOL.
    private static int IndexOf(ValueKind kind) => kind is ValueKind.True or ValueKind.False ? 9 : (int)kind - 1;

    private static void ReadTyped(ShapeReader reader, ValueWriter writer, int member, int depth)
    {
        var kind = member == 9 ? ValueKind.True : (ValueKind)(member + 1);
        switch (kind)
        {
            case ValueKind.String:
                writer.Scalar(kind, Encoding.UTF8.GetBytes(reader.ReadString()));
                break;
            case ValueKind.Number:
                writer.Kind(kind);
                ValueMessages.Number(writer, Encoding.UTF8.GetBytes(reader.ReadString()));
                break;
            case ValueKind.Binary:
                writer.Scalar(kind, reader.ReadBlob());
                break;
            case ValueKind.Null or ValueKind.True:
                ValueMessages.Flag(writer, kind, reader.ReadBoolean());
                break;
            case ValueKind.Map:
                ValueMessages.CheckDepth(writer, depth);
                writer.Kind(kind);
                var map = writer.Open();
                ReadMap(reader, writer, depth + 1, out _);
                writer.Close(map);
                break;
            case ValueKind.List:
                ValueMessages.CheckDepth(writer, depth);
                writer.Kind(kind);
                var start = writer.Open();
                var list = writer.Begin();
                var count = 0;
                reader.BeginList();
                while (reader.NextElement())
                {
                    ReadValue(reader, writer, depth + 1);
                    count++;
                }

                writer.EndList(list, count);
                writer.Close(start);
                break;
            default:
                ReadSet(reader, writer, kind);
                break;
        }
    }

    private static void ReadSet(ShapeReader reader, ValueWriter writer, ValueKind kind)
    {
        writer.Kind(kind);
        var start = writer.Open();
        var set = writer.Begin();
        var shown = new List<string>();
        reader.BeginList();
        while (reader.NextElement())
        {
            writer.Entry();
            if (kind == ValueKind.BinarySet)
            {
                var element = reader.ReadBlob();
                shown.Add(Convert.ToBase64String(element));
                writer.Bytes(element);
                continue;
            }

            var text = reader.ReadString();
            shown.Add(text);
            if (kind == ValueKind.NumberSet)
            {
                ValueMessages.Number(writer, Encoding.UTF8.GetBytes(text));
            }
            else
            {
                writer.Bytes(Encoding.UTF8.GetBytes(text));
            }
        }

        var distinct = writer.EndSet(set, kind);
        writer.Close(start);
        ValueMessages.CheckSet(writer, kind, start, distinct ? null : shown);
    }
}
