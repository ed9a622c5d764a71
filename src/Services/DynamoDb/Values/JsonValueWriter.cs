namespace Haneul.DynamoDb.Values;

/// <summary>The compact form to the wire's JSON, in one pass.</summary>
internal static class JsonValueWriter
{
    public static void WriteMap(JsonBuffer json, ReadOnlySpan<byte> payload)
    {
        json.Raw("{"u8);
        var count = Encoded.ReadLength(ref payload);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                json.Raw(","u8);
            }

            json.Text(Encoded.ReadBytes(ref payload));
            json.Raw(":"u8);
            WriteValue(json, Encoded.ReadValue(ref payload));
        }

        json.Raw("}"u8);
    }

    public static void WriteValue(JsonBuffer json, ReadOnlySpan<byte> value)
    {
        var payload = Encoded.Payload(value);
        switch (Encoded.Kind(value))
        {
            case ValueKind.String:
                json.Raw("{\"S\":"u8);
                json.Text(payload);
                break;
            case ValueKind.Number:
                json.Raw("{\"N\":\""u8);
                json.Raw(payload);
                json.Raw("\""u8);
                break;
            case ValueKind.Binary:
                json.Raw("{\"B\":"u8);
                json.Base64(payload);
                break;
            case ValueKind.StringSet:
                json.Raw("{\"SS\":"u8);
                WriteSet(json, payload, binary: false);
                break;
            case ValueKind.NumberSet:
                json.Raw("{\"NS\":"u8);
                WriteSet(json, payload, binary: false);
                break;
            case ValueKind.BinarySet:
                json.Raw("{\"BS\":"u8);
                WriteSet(json, payload, binary: true);
                break;
            case ValueKind.Map:
                json.Raw("{\"M\":"u8);
                WriteMap(json, payload);
                break;
            case ValueKind.List:
                json.Raw("{\"L\":["u8);
                WriteList(json, payload);
                json.Raw("]"u8);
                break;
            case ValueKind.Null:
                json.Raw("{\"NULL\":true"u8);
                break;
            case ValueKind.True:
                json.Raw("{\"BOOL\":true"u8);
                break;
            default:
                json.Raw("{\"BOOL\":false"u8);
                break;
        }

        json.Raw("}"u8);
    }

    private static void WriteList(JsonBuffer json, ReadOnlySpan<byte> payload)
    {
        var count = Encoded.ReadLength(ref payload);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                json.Raw(","u8);
            }

            WriteValue(json, Encoded.ReadValue(ref payload));
        }
    }

    private static void WriteSet(JsonBuffer json, ReadOnlySpan<byte> payload, bool binary)
    {
        json.Raw("["u8);
        var count = Encoded.ReadLength(ref payload);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                json.Raw(","u8);
            }

            var element = Encoded.ReadBytes(ref payload);
            if (binary)
            {
                json.Base64(element);
            }
            else
            {
                json.Text(element);
            }
        }

        json.Raw("]"u8);
    }
}
