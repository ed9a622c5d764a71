using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>The facts of each shape, as protocols and validation read them.</summary>
internal static class SchemasFile
{
    public static string Write(Context context)
    {
        var file = context.NewFile("Haneul.Kernel.Shapes");
        file.Line();
        file.Line($"internal static class {context.Prefix}Schemas");
        file.Line("{");
        foreach (var name in context.Reached)
        {
            var shape = context.Model.Shape(name);
            var field = context.Model.ClassName(name);
            file.Line($"public static readonly Schema {field} = {Expression(context, name, shape)};");
        }

        file.Line("}");
        return file.ToString();
    }

    private static string Expression(Context context, string name, JsonObject shape)
    {
        var literal = CSharp.Literal(name);
        var bounds = Bounds(shape);
        var constraints = bounds.Length > 0 ? $", constraints: new({bounds})" : "";
        var sensitive = Flag(shape, "sensitive") ? ", sensitive: true" : "";
        var flattened = Flag(shape, "flattened") ? ", flattened: true" : "";
        switch (Types.Kind(shape))
        {
            case "structure":
                var members = Context.Members(shape).Select(member => Member(context, shape, member.Key, member.Value));
                var rest = sensitive
                    + (Flag(shape, "union") ? ", union: true" : "")
                    + (Flag(shape, "eventstream") ? ", eventStream: true" : "")
                    + ((string?)shape["payload"] is { } payload ? $", payload: {CSharp.Literal(payload)}" : "")
                    + (XmlUri(shape) is { } uri ? $", xmlNamespace: {CSharp.Literal(uri)}" : "")
                    + ((string?)shape["locationName"] is { } xmlRoot ? $", xmlRoot: {CSharp.Literal(xmlRoot)}" : "");
                return $"Schema.Structure({literal}, [{string.Join(", ", members)}]{rest})";
            case "list":
                return $"Schema.List({literal}, {Part(context, shape, "member", "member")}{constraints}{flattened}{sensitive})";
            case "map":
                return $"Schema.Map({literal}, {Part(context, shape, "key", "key")}, {Part(context, shape, "value", "value")}"
                    + $"{constraints}{flattened}{sensitive})";
            default:
                var format = Format(shape) is { } known ? $", timestampFormat: TimestampFormat.{known}" : "";
                return $"Schema.Simple(ShapeKind.{CSharp.Pascal(Types.Kind(shape))}, {literal}{constraints}{sensitive}{format})";
        }
    }

    private static string Member(Context context, JsonObject structure, string name, JsonObject member)
    {
        var target = (string)member["shape"]!;
        var shape = context.Model.Shape(target);
        var required = (structure["required"] as JsonArray ?? []).Any(item => (string)item! == name);
        var traits = new List<string>();
        var location = (string?)structure["payload"] == name ? "Payload" : (string?)member["location"] switch
        {
            "uri" => "Uri",
            "querystring" => "QueryString",
            "header" => "Header",
            "headers" => "Headers",
            "statusCode" => "StatusCode",
            _ => null,
        };
        Add(required, "Required = true");
        Add(location is not null, $"Location = MemberLocation.{location}");
        Add(Flag(member, "flattened"), "Flattened = true");
        Add(Flag(member, "xmlAttribute"), "XmlAttribute = true");
        Add(Flag(member, "streaming") || Flag(shape, "streaming"), "Streaming = true");
        Add(Flag(member, "eventheader"), "EventHeader = true");
        Add(Flag(member, "eventpayload"), "EventPayload = true");
        Add(XmlUri(member) is not null, $"XmlNamespace = {CSharp.Literal(XmlUri(member))}");
        Add(XmlPrefix(member) is not null, $"XmlPrefix = {CSharp.Literal(XmlPrefix(member))}");
        Add((string?)member["queryName"] is not null, $"Ec2Name = {CSharp.Literal((string?)member["queryName"])}");
        Add(Format(member) is not null, $"TimestampFormat = TimestampFormat.{Format(member)}");
        return Line(context, target, name, (string?)member["locationName"], traits);

        void Add(bool applies, string trait)
        {
            if (applies)
            {
                traits.Add(trait);
            }
        }
    }

    private static string Part(Context context, JsonObject shape, string part, string name)
    {
        var member = shape[part]!.AsObject();
        return Line(context, (string)member["shape"]!, name, (string?)member["locationName"], []);
    }

    private static string Line(Context context, string target, string name, string? wireName, List<string> traits)
    {
        var wire = wireName is null || wireName == name ? "" : ", " + CSharp.Literal(wireName);
        var initializer = traits.Count == 0 ? "" : $" {{ {string.Join(", ", traits)} }}";
        return $"new MemberSchema({CSharp.Literal(name)}, static () => {context.Model.ClassName(target)}!{wire}){initializer}";
    }

    private static string Bounds(JsonObject shape)
    {
        var bounds = new List<string>();
        if (shape["min"] is { } min)
        {
            bounds.Add($"min: {(long)(double)min}");
        }

        if (shape["max"] is { } max)
        {
            bounds.Add($"max: {(long)(double)max}");
        }

        if ((string?)shape["pattern"] is { } pattern)
        {
            bounds.Add($"pattern: {CSharp.Literal(pattern)}");
        }

        if (shape["enum"] is JsonArray values)
        {
            bounds.Add($"values: [{string.Join(", ", values.Select(value => CSharp.Literal((string)value!)))}]");
        }

        return string.Join(", ", bounds);
    }

    private static string? Format(JsonObject traits) => (string?)traits["timestampFormat"] switch
    {
        "iso8601" => "DateTime",
        "rfc822" => "HttpDate",
        "unixTimestamp" => "EpochSeconds",
        _ => null,
    };

    private static string? XmlUri(JsonObject traits) => (string?)(traits["xmlNamespace"] as JsonObject)?["uri"];

    private static string? XmlPrefix(JsonObject traits) => (string?)(traits["xmlNamespace"] as JsonObject)?["prefix"];

    private static bool Flag(JsonObject traits, string name) => traits[name] is JsonValue value && value.TryGetValue(out bool set) && set;
}
