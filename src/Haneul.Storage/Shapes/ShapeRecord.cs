using System.Text.Json;
using Haneul.Kernel.Shapes;

namespace Haneul.Storage.Shapes;

/// <summary>
/// Contract shapes inside stored records, as JSON objects with the model's names: for services that keep what they were given. Members that a
/// later model adds or drops are absent or ignored.
/// </summary>
public static class ShapeRecord
{
    public static JsonElement Encode(IShape shape)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            shape.Write(new Writer(json));
        }

        var reader = new Utf8JsonReader(bytes.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    public static T Decode<T>(JsonElement json)
        where T : class, IShape<T> => T.Read(new Reader(json));

    private sealed class Writer(Utf8JsonWriter json) : ShapeWriter
    {
        public override void BeginStructure(Schema schema) => json.WriteStartObject();

        public override void EndStructure() => json.WriteEndObject();

        public override void Member(MemberSchema member) => json.WritePropertyName(member.Name);

        public override void BeginList(int count) => json.WriteStartArray();

        public override void EndList() => json.WriteEndArray();

        public override void BeginMap(int count) => json.WriteStartObject();

        public override void Key(string key) => json.WritePropertyName(key);

        public override void EndMap() => json.WriteEndObject();

        public override void WriteString(string value) => json.WriteStringValue(value);

        public override void WriteBoolean(bool value) => json.WriteBooleanValue(value);

        public override void WriteInteger(int value) => json.WriteNumberValue(value);

        public override void WriteLong(long value) => json.WriteNumberValue(value);

        public override void WriteDouble(double value) => json.WriteNumberValue(BitConverter.DoubleToInt64Bits(value));

        public override void WriteTimestamp(DateTimeOffset value) => json.WriteNumberValue(value.UtcTicks);

        public override void WriteBlob(ReadOnlyMemory<byte> value) => json.WriteBase64StringValue(value.Span);
    }

    private sealed class Reader(JsonElement root) : ShapeReader
    {
        private readonly Stack<Level> _levels = new();
        private JsonElement _value = root;

        public override void BeginStructure(Schema schema) => _levels.Push(new Level { Schema = schema, Members = _value.EnumerateObject() });

        public override int NextMember()
        {
            var level = _levels.Peek();
            while (level.Members.MoveNext())
            {
                var index = level.Schema!.Members.FirstOrDefault(member => level.Members.Current.NameEquals(member.Name))?.Index ?? -1;
                if (index >= 0)
                {
                    _value = level.Members.Current.Value;
                    return index;
                }
            }

            _levels.Pop();
            return -1;
        }

        public override void BeginList() => _levels.Push(new Level { Elements = _value.EnumerateArray() });

        public override bool NextElement()
        {
            var level = _levels.Peek();
            if (!level.Elements.MoveNext())
            {
                _levels.Pop();
                return false;
            }

            _value = level.Elements.Current;
            return true;
        }

        public override void BeginMap() => _levels.Push(new Level { Members = _value.EnumerateObject() });

        public override bool NextEntry(out string key)
        {
            var level = _levels.Peek();
            if (!level.Members.MoveNext())
            {
                _levels.Pop();
                key = "";
                return false;
            }

            key = level.Members.Current.Name;
            _value = level.Members.Current.Value;
            return true;
        }

        public override string ReadString() => _value.GetString()!;

        public override bool ReadBoolean() => _value.GetBoolean();

        public override int ReadInteger() => _value.GetInt32();

        public override long ReadLong() => _value.GetInt64();

        // JSON has no infinities: doubles are kept as their bits.
        public override double ReadDouble() => BitConverter.Int64BitsToDouble(_value.GetInt64());

        public override DateTimeOffset ReadTimestamp() => new(_value.GetInt64(), TimeSpan.Zero);

        public override byte[] ReadBlob() => _value.GetBytesFromBase64();

        // The enumerators are structs that move in place: fields of a class, so that the move is kept.
        private sealed class Level
        {
            public Schema? Schema;
            public JsonElement.ObjectEnumerator Members;
            public JsonElement.ArrayEnumerator Elements;
        }
    }
}
