using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>How a shape looks in C#: its type, and the expressions that read and write it.</summary>
internal static class Types
{
    /// <summary>The type, without a mark for null.</summary>
    public static string Of(Context context, string name)
    {
        if (context.Model.Handwritten.TryGetValue(name, out var own))
        {
            return own;
        }

        var shape = context.Model.Shape(name);
        return Kind(shape) switch
        {
            "structure" when Context.IsEventStream(shape) => $"IAsyncEnumerable<{context.Model.ClassName(name)}>",
            "structure" => context.Model.ClassName(name),
            "list" => $"IReadOnlyList<{Of(context, Target(shape, "member"))}>",
            "map" => $"IReadOnlyDictionary<string, {Of(context, Target(shape, "value"))}>",
            "string" => "string",
            "blob" => "ReadOnlyMemory<byte>",
            "boolean" => "bool",
            "integer" => "int",
            "long" => "long",
            "float" => "float",
            "double" => "double",
            "timestamp" => "DateTimeOffset",
            var kind => throw new NotSupportedException($"{name} is a {kind}."),
        };
    }

    public static bool IsValue(Context context, string name) =>
        !context.Model.Handwritten.ContainsKey(name)
        && Kind(context.Model.Shape(name)) is "blob" or "boolean" or "integer" or "long" or "float" or "double" or "timestamp";

    public static string Read(Context context, string name, string reader = "reader")
    {
        if (context.Model.Handwritten.TryGetValue(name, out var own))
        {
            return $"{own}.Read({reader})";
        }

        var shape = context.Model.Shape(name);
        switch (Kind(shape))
        {
            case "structure":
                // Fully named: a member may be called like its type.
                return $"global::{context.Namespace}.{context.Model.ClassName(name)}.Read({reader})";
            case "list":
                var element = Target(shape, "member");
                return Kind(context.Model.Shape(element)) switch
                {
                    "string" => $"{reader}.ReadStrings()",
                    _ => $"{reader}.ReadList(static r => {Cast(context, element, Read(context, element, "r"))})",
                };
            case "map":
                var value = Target(shape, "value");
                return Kind(context.Model.Shape(value)) switch
                {
                    "string" => $"{reader}.ReadStringMap()",
                    _ => $"{reader}.ReadMap(static r => {Cast(context, value, Read(context, value, "r"))})",
                };
            default:
                return $"{reader}.Read{Method(shape)}()";
        }
    }

    public static string Write(Context context, string name, string value, string writer = "writer")
    {
        if (context.Model.Handwritten.ContainsKey(name))
        {
            return $"{value}.Write({writer})";
        }

        var shape = context.Model.Shape(name);
        switch (Kind(shape))
        {
            case "structure" when Context.IsEventStream(shape):
                return $"{writer}.WriteEvents({value})";
            case "structure":
                return $"{value}.Write({writer})";
            case "list":
                var element = Target(shape, "member");
                return Kind(context.Model.Shape(element)) switch
                {
                    "string" => $"{writer}.WriteStrings({value})",
                    _ => $"{writer}.WriteList({value}, static (w, item) => {Write(context, element, "item", "w")})",
                };
            case "map":
                var target = Target(shape, "value");
                return Kind(context.Model.Shape(target)) switch
                {
                    "string" => $"{writer}.WriteStringMap({value})",
                    _ => $"{writer}.WriteMap({value}, static (w, item) => {Write(context, target, "item", "w")})",
                };
            default:
                return $"{writer}.Write{Method(shape)}({value})";
        }
    }

    public static string Kind(JsonObject shape) => (string)shape["type"]! switch
    {
        "character" => "string",
        "short" or "byte" => "integer",
        var kind => kind,
    };

    public static string Target(JsonObject shape, string part) => (string)shape[part]!["shape"]!;

    // Lists of lists and blobs inside collections: the inferred element type must be the one that the property declares.
    private static string Cast(Context context, string name, string expression) =>
        Kind(context.Model.Shape(name)) is "list" or "map" or "blob" && !context.Model.Handwritten.ContainsKey(name)
            ? $"({Of(context, name)}){expression}"
            : expression;

    private static string Method(JsonObject shape) => Kind(shape) switch
    {
        "string" => "String",
        "blob" => "Blob",
        "boolean" => "Boolean",
        "integer" => "Integer",
        "long" => "Long",
        "float" => "Float",
        "double" => "Double",
        "timestamp" => "Timestamp",
        var kind => throw new NotSupportedException(kind),
    };
}
