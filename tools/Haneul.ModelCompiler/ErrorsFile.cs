using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>The errors that the served operations list.</summary>
internal static class ErrorsFile
{
    public static string Write(Context context)
    {
        var file = context.NewFile("Haneul.Kernel.Errors");
        file.Line();
        file.Line($"public static class {context.Prefix}Errors");
        file.Line("{");
        foreach (var name in context.Reached)
        {
            var shape = context.Model.Shape(name);
            if (!Context.IsError(shape))
            {
                continue;
            }

            var facts = shape["error"] as JsonObject;
            var fault = (bool?)shape["fault"] == true;
            var status = (int?)facts?["httpStatusCode"] ?? (fault ? 500 : 400);
            var code = (string?)facts?["code"] ?? name;
            var sender = (bool?)facts?["senderFault"] ?? !fault;
            var members = shape["members"] as JsonObject ?? [];
            var message = members.Select(member => member.Key).FirstOrDefault(key => key.Equals("message", StringComparison.OrdinalIgnoreCase));
            var traits = new List<string>();
            if (message is not null and not "message")
            {
                traits.Add($"MessageMember = {CSharp.Literal(message)}");
            }

            if (members.ContainsKey("Type"))
            {
                traits.Add("HasType = true");
            }

            var initializer = traits.Count == 0 ? "" : $" {{ {string.Join(", ", traits)} }}";
            file.Line(
                $"public static ErrorShape {Name(context, name)} {{ get; }} = new({CSharp.Literal(name)}, {CSharp.Literal(code)}, {status}, "
                + $"{(sender ? "true" : "false")}){initializer};");
            file.Line();
        }

        file.Line("}");
        return file.ToString();
    }

    public static string Name(Context context, string shape) => context.Model.ClassName(shape);
}
