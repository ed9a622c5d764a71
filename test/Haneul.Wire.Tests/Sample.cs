using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>A structure with one member of each kind, written by hand as the model compiler would.</summary>
internal sealed class Sample : IShape<Sample>
{
    private static readonly Schema s_string = Schema.Simple(ShapeKind.String, "String");
    private static readonly Schema s_list = Schema.List("Strings", new MemberSchema("member", () => s_string));
    private static readonly Schema s_map = Schema.Map("Map", new MemberSchema("key", () => s_string), new MemberSchema("value", () => s_string));

    public static readonly Schema ShapeSchema = Schema.Structure("Sample",
    [
        new MemberSchema("Text", () => s_string),
        new MemberSchema("Flag", () => Schema.Simple(ShapeKind.Boolean, "Boolean")),
        new MemberSchema("Count", () => Schema.Simple(ShapeKind.Integer, "Integer")),
        new MemberSchema("Big", () => Schema.Simple(ShapeKind.Long, "Long")),
        new MemberSchema("Ratio", () => Schema.Simple(ShapeKind.Double, "Double")),
        new MemberSchema("Time", () => Schema.Simple(ShapeKind.Timestamp, "Timestamp")),
        new MemberSchema("Bytes", () => Schema.Simple(ShapeKind.Blob, "Blob")),
        new MemberSchema("Items", () => s_list),
        new MemberSchema("Flat", () => s_list, "Flat") { Flattened = true },
        new MemberSchema("Tags", () => s_map),
        new MemberSchema("Inner", () => ShapeSchema!),
    ]);

    public static readonly Operation<Sample, Sample> Operation = new("DoSample", ShapeSchema, ShapeSchema) { ResultWrapper = "DoSampleResult" };

    public static readonly ServiceModel Model = new()
    {
        Id = "sample",
        ServiceId = "Sample",
        SigningName = "sample",
        ActionPrefix = "sample",
        EndpointPrefix = "sample",
        ApiVersion = "2020-01-01",
        Protocols = [Protocol.AwsJson10],
        XmlNamespace = "https://sample.example/doc/",
        Operations = [Operation],
    };

    public string? Text { get; init; }

    public bool? Flag { get; init; }

    public int? Count { get; init; }

    public long? Big { get; init; }

    public double? Ratio { get; init; }

    public DateTimeOffset? Time { get; init; }

    public byte[]? Bytes { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public IReadOnlyList<string>? Flat { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public Sample? Inner { get; init; }

    Schema IShape.Schema => ShapeSchema;

    public static Sample Read(ShapeReader reader)
    {
        string? text = null;
        bool? flag = null;
        int? count = null;
        long? big = null;
        double? ratio = null;
        DateTimeOffset? time = null;
        byte[]? bytes = null;
        List<string>? items = null, flat = null;
        Dictionary<string, string>? tags = null;
        Sample? inner = null;
        reader.BeginStructure(ShapeSchema);
        for (int index; (index = reader.NextMember()) >= 0;)
        {
            switch (index)
            {
                case 0: text = reader.ReadString(); break;
                case 1: flag = reader.ReadBoolean(); break;
                case 2: count = reader.ReadInteger(); break;
                case 3: big = reader.ReadLong(); break;
                case 4: ratio = reader.ReadDouble(); break;
                case 5: time = reader.ReadTimestamp(); break;
                case 6: bytes = reader.ReadBlob(); break;
                case 7: items = reader.ReadStrings(); break;
                case 8: flat = reader.ReadStrings(); break;
                case 9: tags = reader.ReadStringMap(); break;
                case 10: inner = Read(reader); break;
            }
        }

        return new Sample
        {
            Text = text, Flag = flag, Count = count, Big = big, Ratio = ratio, Time = time, Bytes = bytes, Items = items, Flat = flat, Tags = tags,
            Inner = inner,
        };
    }

    public void Write(ShapeWriter writer)
    {
        var members = ShapeSchema.Members;
        writer.BeginStructure(ShapeSchema);
        if (Text is not null)
        {
            writer.Member(members[0]);
            writer.WriteString(Text);
        }

        if (Flag is { } flag)
        {
            writer.Member(members[1]);
            writer.WriteBoolean(flag);
        }

        if (Count is { } count)
        {
            writer.Member(members[2]);
            writer.WriteInteger(count);
        }

        if (Big is { } big)
        {
            writer.Member(members[3]);
            writer.WriteLong(big);
        }

        if (Ratio is { } ratio)
        {
            writer.Member(members[4]);
            writer.WriteDouble(ratio);
        }

        if (Time is { } time)
        {
            writer.Member(members[5]);
            writer.WriteTimestamp(time);
        }

        if (Bytes is not null)
        {
            writer.Member(members[6]);
            writer.WriteBlob(Bytes);
        }

        if (Items is not null)
        {
            writer.Member(members[7]);
            writer.WriteStrings(Items);
        }

        if (Flat is not null)
        {
            writer.Member(members[8]);
            writer.WriteStrings(Flat);
        }

        if (Tags is not null)
        {
            writer.Member(members[9]);
            writer.WriteStringMap(Tags);
        }

        if (Inner is not null)
        {
            writer.Member(members[10]);
            Inner.Write(writer);
        }

        writer.EndStructure();
    }
}
