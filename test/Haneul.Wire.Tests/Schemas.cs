using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>Shapes with every kind of member, and every trait that changes how a member travels.</summary>
internal static class Schemas
{
    private static readonly Schema s_string = Schema.Simple(ShapeKind.String, "String");
    private static readonly Schema s_integer = Schema.Simple(ShapeKind.Integer, "Integer");
    private static readonly Schema s_boolean = Schema.Simple(ShapeKind.Boolean, "Boolean");
    private static readonly Schema s_double = Schema.Simple(ShapeKind.Double, "Double");
    private static readonly Schema s_float = Schema.Simple(ShapeKind.Float, "Float");
    private static readonly Schema s_time = Schema.Simple(ShapeKind.Timestamp, "Timestamp");
    private static readonly Schema s_httpDate = Schema.Simple(ShapeKind.Timestamp, "HttpDate", timestampFormat: TimestampFormat.HttpDate);
    private static readonly Schema s_blob = Schema.Simple(ShapeKind.Blob, "Blob");
    private static readonly Schema s_strings = List("Strings", s_string);
    private static readonly Schema s_map = Map("Map", s_string);
    private static readonly Schema s_namedMap = Schema.Map("NamedMap", new("key", () => s_string, "K"), new("value", () => s_string, "V"));
    private static readonly Schema s_choice = Schema.Structure("Choice", [new("text", () => s_string), new("number", () => s_integer)], union: true);

    public static Schema Everything { get; } = Schema.Structure("Everything",
    [
        new("Attr", () => s_string, "kind") { XmlAttribute = true },
        new("Text", () => s_string),
        new("Flag", () => s_boolean),
        new("Count", () => s_integer),
        new("Big", () => Schema.Simple(ShapeKind.Long, "Long")),
        new("Ratio", () => s_double),
        new("Single", () => s_float),
        new("Time", () => s_time),
        new("Iso", () => s_time) { TimestampFormat = TimestampFormat.DateTime },
        new("Http", () => s_time) { TimestampFormat = TimestampFormat.HttpDate },
        new("Epoch", () => s_time) { TimestampFormat = TimestampFormat.EpochSeconds },
        new("HttpTarget", () => s_httpDate),
        new("Bytes", () => s_blob),
        new("Items", () => s_strings),
        new("Dates", () => List("Dates", s_httpDate)),
        new("Named", () => Schema.List("Named", new("member", () => s_string, "item"))),
        new("Flat", () => s_strings) { Flattened = true },
        new("Tags", () => s_map),
        new("NamedTags", () => s_namedMap),
        new("FlatTags", () => s_namedMap) { Flattened = true },
        new("Lists", () => List("Lists", s_strings)),
        new("MapOfLists", () => Map("MapOfLists", s_strings)),
        new("Structures", () => List("Structures", s_choice)),
        new("Inner", () => Everything!),
        new("Choice", () => s_choice),
        new("Renamed", () => s_string, "re-named"),
        new("Spaced", () => s_string) { XmlNamespace = "https://n.example/", XmlPrefix = "n" },
    ]);

    public static Schema Empty { get; } = Schema.Structure("Empty", []);

    public static Schema Http { get; } = Schema.Structure("Http",
    [
        new("Label", () => s_string, "label") { Location = MemberLocation.Uri },
        new("LabelTime", () => s_time, "time") { Location = MemberLocation.Uri },
        new("Query", () => s_string, "q") { Location = MemberLocation.QueryString },
        new("QueryTime", () => s_time, "qt") { Location = MemberLocation.QueryString },
        new("QueryList", () => s_strings, "ql") { Location = MemberLocation.QueryString },
        new("QueryFlag", () => s_boolean, "qf") { Location = MemberLocation.QueryString },
        new("Header", () => s_string, "X-Text") { Location = MemberLocation.Header },
        new("HeaderFlag", () => s_boolean, "X-Flag") { Location = MemberLocation.Header },
        new("HeaderCount", () => s_integer, "X-Count") { Location = MemberLocation.Header },
        new("HeaderRatio", () => s_double, "X-Ratio") { Location = MemberLocation.Header },
        new("HeaderSingle", () => s_float, "X-Single") { Location = MemberLocation.Header },
        new("HeaderTime", () => s_time, "X-Time") { Location = MemberLocation.Header },
        new("HeaderIso", () => s_time, "X-Iso") { Location = MemberLocation.Header, TimestampFormat = TimestampFormat.DateTime },
        new("HeaderList", () => s_strings, "X-List") { Location = MemberLocation.Header },
        new("HeaderTimes", () => List("Times", s_time), "X-Times") { Location = MemberLocation.Header },
        new("HeaderIsos", () => List("Isos", Schema.Simple(ShapeKind.Timestamp, "Iso", timestampFormat: TimestampFormat.DateTime)), "X-Isos") { Location = MemberLocation.Header },
        new("Prefixed", () => s_map, "X-Meta-") { Location = MemberLocation.Headers },
        new("Status", () => s_integer) { Location = MemberLocation.StatusCode },
        new("Text", () => s_string),
        new("Single", () => s_float),
    ]);

    public static Schema QueryMap { get; } = Schema.Structure("QueryMap",
    [
        new("Query", () => s_string, "q") { Location = MemberLocation.QueryString },
        new("Rest", () => Map("Lists", s_strings)) { Location = MemberLocation.QueryString },
    ]);

    public static Schema HeadersOnly { get; } = Schema.Structure("HeadersOnly", [new("Header", () => s_string, "X-Text") { Location = MemberLocation.Header }]);

    public static Schema Payload(ShapeKind kind) => Schema.Structure("WithPayload",
    [
        new("Header", () => s_string, "X-Text") { Location = MemberLocation.Header },
        new("Body", () => kind switch
        {
            ShapeKind.Structure => Everything,
            ShapeKind.Blob => s_blob,
            _ => s_string,
        }) { Location = MemberLocation.Payload },
    ], payload: "Body");

    private static Schema List(string name, Schema element) => Schema.List(name, new("member", () => element));

    private static Schema Map(string name, Schema value) => Schema.Map(name, new("key", () => s_string), new("value", () => value));
}
