using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>Classes of the structures, and constants of the enumerations.</summary>
internal static class ShapesFile
{
    public static string Write(Context context)
    {
        var file = context.NewFile("Haneul.Kernel.Shapes");
        foreach (var name in context.Reached)
        {
            var shape = context.Model.Shape(name);
            if (context.Model.Handwritten.ContainsKey(name))
            {
                continue;
            }

            if (Types.Kind(shape) == "structure" && !(Context.IsError(shape) && !Context.Members(shape).Any()))
            {
                Structure(file, context, name, shape);
            }
            else if (shape["enum"] is JsonArray values)
            {
                Enumeration(file, context.Model.ClassName(name), values);
            }
        }

        return file.ToString();
    }

    private static void Structure(CSharp file, Context context, string name, JsonObject shape)
    {
        var type = context.Model.ClassName(name);
        var members = Context.Members(shape).Select(member => new Member(context, type, shape, member.Key, member.Value)).ToList();
        file.Line();
        file.Line($"public sealed class {type} : IShape<{type}>");
        file.Line("{");
        var setter = context.Model.Mutable.Contains(name) ? "set" : "init";
        foreach (var member in members)
        {
            file.Line($"public {member.Modifier}{member.Type} {member.Property} {{ get; {setter}; }}");
            file.Line();
        }

        file.Line($"Schema IShape.Schema => {context.Schema(name)};");
        file.Line();
        file.Line($"public static {type} Read(ShapeReader reader)");
        file.Line("{");
        foreach (var member in members)
        {
            file.Line($"{member.Nullable} {member.Local} = null;");
        }

        file.Line($"reader.BeginStructure({context.Schema(name)});");
        file.Line("for (int index; (index = reader.NextMember()) >= 0;)");
        file.Line("{");
        if (members.Count > 0)
        {
            file.Line("switch (index)");
            file.Line("{");
            for (var i = 0; i < members.Count; i++)
            {
                file.Line($"case {i}: {members[i].Local} = {members[i].Read}; break;");
            }

            file.Line("}");
        }

        file.Line("}");
        file.Line($"return new {type}");
        file.Line("{");
        foreach (var member in members)
        {
            file.Line($"{member.Property} = {member.Local}{(member.Modifier.Length > 0 ? "!" : "")},");
        }

        file.Line("};");
        file.Line("}");
        file.Line();
        file.Line("public void Write(ShapeWriter writer)");
        file.Line("{");
        file.Line($"writer.BeginStructure({context.Schema(name)});");
        for (var i = 0; i < members.Count; i++)
        {
            file.Line($"if ({members[i].Property} is {{ }} m{i})");
            file.Line("{");
            file.Line($"writer.Member({context.Schema(name)}.Members[{i}]);");
            file.Line($"{members[i].Write($"m{i}")};");
            file.Line("}");
        }

        file.Line("writer.EndStructure();");
        file.Line("}");
        file.Line("}");
    }

    private static void Enumeration(CSharp file, string type, JsonArray values)
    {
        file.Line();
        file.Line($"public static class {type}");
        file.Line("{");
        var used = new HashSet<string>(StringComparer.Ordinal) { type };
        foreach (var value in values)
        {
            var text = (string)value!;
            var name = CSharp.Constant(text);
            while (!used.Add(name))
            {
                name += "_";
            }

            file.Line($"public const string {name} = {CSharp.Literal(text)};");
        }

        file.Line("}");
    }

    /// <summary>A member as a property.</summary>
    private sealed class Member
    {
        private readonly Context _context;
        private readonly string _target;
        private readonly bool _streaming;

        public Member(Context context, string owner, JsonObject shape, string name, JsonObject member)
        {
            _context = context;
            _target = (string)member["shape"]!;
            var target = context.Model.Shape(_target);
            _streaming = (bool?)member["streaming"] == true || (bool?)target["streaming"] == true;
            var required = (shape["required"] as JsonArray ?? []).Any(item => (string)item! == name);
            var isValue = !_streaming && Types.IsValue(context, _target);
            var type = _streaming ? "Stream" : Types.Of(context, _target);
            Property = CSharp.Pascal(name);
            Property = Property == owner || Property is "Read" or "Write" or "Schema" ? Property + "Value" : Property;
            Local = CSharp.Local(name);
            Nullable = type + "?";
            Modifier = required && !isValue ? "required " : "";
            Type = Modifier.Length > 0 ? type : Nullable;
        }

        public string Property { get; }

        public string Local { get; }

        public string Nullable { get; }

        public string Modifier { get; }

        public string Type { get; }

        public string Read => _streaming
            ? "reader.ReadStream()"
            : Context.IsEventStream(_context.Model.Shape(_target))
                ? "throw new NotSupportedException(\"Event streams are read by their own reader.\")"
                : Types.Read(_context, _target);

        public string Write(string value) => _streaming ? $"writer.WriteStream({value})" : Types.Write(_context, _target, value);
    }
}
