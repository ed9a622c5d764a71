using System.Globalization;

namespace Haneul.Kernel.Shapes.Validation;

/// <summary>
/// Checks a structure against the bounds of its model: a writer that keeps nothing of what it is told but the violations, in AWS's words.
/// </summary>
public sealed class Validator : ShapeWriter
{
    private readonly Stack<Frame> _frames = new();
    private readonly List<string> _violations = [];
    private MemberSchema? _member;
    private string? _root;

    /// <summary>AWS's text for all violations, or null when there are none.</summary>
    /// <param name="shape">The input.</param>
    /// <param name="root">What the paths of members in the body begin with, where the service names its inputs.</param>
    public static string? Check(IShape shape, string? root = null)
    {
        var validator = new Validator { _root = root };
        shape.Write(validator);
        var found = validator._violations;
        return found.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"{found.Count} validation error{(found.Count == 1 ? "" : "s")} detected: {string.Join("; ", found)}");
    }

    public override void BeginStructure(Schema schema)
    {
        // The path of the value is taken before its own frame stands on the stack.
        var path = _frames.Count == 0 ? null : ValuePath();
        _frames.Push(new Frame
        {
            Schema = schema,
            Path = path,
            Root = _frames.Count == 0 ? _root : null,
            Seen = new bool[schema.Members.Length],
        });
    }

    public override void EndStructure()
    {
        var frame = _frames.Pop();
        foreach (var member in frame.Schema.Members)
        {
            if (member.Required && !frame.Seen![member.Index])
            {
                Report("null", frame.PathOf(member), "Member must not be null");
            }
        }

        EndValue(null);
    }

    public override void Member(MemberSchema member)
    {
        _member = member;
        _frames.Peek().Seen![member.Index] = true;
    }

    public override void BeginList(int count) => BeginCollection(count);

    public override void EndList() => EndCollection('[', ']');

    public override void BeginMap(int count) => BeginCollection(count);

    public override void Key(string key)
    {
        var frame = _frames.Peek();
        frame.CurrentKey = key;
        var rules = Rules(frame.Schema.Key.Target);
        if (Broken(frame.Schema.Key.Target, key))
        {
            frame.PartViolations.Add($"Map keys must satisfy constraint: [{string.Join(", ", rules)}]");
        }
    }

    public override void EndMap() => EndCollection('{', '}');

    public override void WriteString(string value) => Scalar(value, static (schema, text) => BrokenString(schema, text));

    public override void WriteBoolean(bool value) => EndValue(value ? "true" : "false");

    public override void WriteInteger(int value) => WriteLong(value);

    public override void WriteLong(long value) =>
        Number(value.ToString(CultureInfo.InvariantCulture), value);

    public override void WriteDouble(double value) => Number(value.ToString("0.0###############", CultureInfo.InvariantCulture), value);

    public override void WriteTimestamp(DateTimeOffset value) => EndValue(value.ToString("O", CultureInfo.InvariantCulture));

    public override void WriteBlob(ReadOnlyMemory<byte> value)
    {
        var constraints = Current().Target.Constraints;
        Bounds(constraints, value.Length, "length", "java.nio.HeapByteBuffer[pos=0 lim=" + value.Length.ToString(CultureInfo.InvariantCulture) + "]");
    }

    public override void WriteStream(Stream value)
    {
    }

    private void Scalar(string value, Func<Schema, string, List<string>?> check)
    {
        var target = Current().Target;
        var broken = check(target, value);
        if (broken is null)
        {
            EndValue(value);
        }
        else if (InCollection(out var frame))
        {
            frame.PartViolations.Add(
                $"{(frame.IsMap ? "Map value must satisfy constraint" : "Member must satisfy constraint")}: [{string.Join(", ", Rules(target))}]");
            EndValue(value);
        }
        else
        {
            foreach (var rule in broken)
            {
                Report($"'{Shown(target, value)}'", ValuePath(), rule);
            }
        }
    }

    private void Number(string text, double value)
    {
        var target = Current().Target;
        var constraints = target.Constraints;
        var broken = constraints is not null && (value < constraints.Min || value > constraints.Max);
        if (broken && InCollection(out var frame))
        {
            frame.PartViolations.Add(
                $"{(frame.IsMap ? "Map value must satisfy constraint" : "Member must satisfy constraint")}: [{string.Join(", ", Rules(target))}]");
        }
        else if (broken)
        {
            Bounds(constraints, value, "value", text);
            return;
        }

        EndValue(text);
    }

    private void Bounds(Constraints? constraints, double size, string what, string value)
    {
        if (constraints?.Max is { } max && size > max)
        {
            Report($"'{value}'", ValuePath(), string.Create(CultureInfo.InvariantCulture, $"Member must have {what} less than or equal to {max}"));
        }

        if (constraints?.Min is { } min && size < min)
        {
            Report($"'{value}'", ValuePath(), string.Create(CultureInfo.InvariantCulture, $"Member must have {what} greater than or equal to {min}"));
        }
    }

    private void BeginCollection(int count)
    {
        var path = ValuePath();
        var target = Current().Target;
        _frames.Push(new Frame { Schema = target, Path = path, IsMap = target.Kind == ShapeKind.Map, Count = count });
    }

    private void EndCollection(char open, char close)
    {
        var frame = _frames.Pop();
        var shown = $"{open}{string.Join(", ", frame.Shown)}{close}";
        var constraints = frame.Schema.Constraints;
        if (constraints?.Max is { } max && frame.Count > max)
        {
            Report($"'{shown}'", frame.Path, string.Create(CultureInfo.InvariantCulture, $"Member must have length less than or equal to {max}"));
        }

        if (constraints?.Min is { } min && frame.Count < min)
        {
            Report($"'{shown}'", frame.Path, string.Create(CultureInfo.InvariantCulture, $"Member must have length greater than or equal to {min}"));
        }

        foreach (var violation in frame.PartViolations.Distinct())
        {
            Report($"'{shown}'", frame.Path, violation);
        }

        EndValue(shown);
    }

    // Remembers how an element looks, for messages that print the whole collection.
    private void EndValue(string? shown)
    {
        if (InCollection(out var frame))
        {
            frame.Position++;
            var text = shown ?? frame.Element.Target.Name + "(...)";
            frame.Shown.Add(frame.IsMap ? $"{frame.CurrentKey}={text}" : text);
        }
    }

    private bool InCollection(out Frame frame) => _frames.TryPeek(out frame!) && frame.Seen is null;

    private MemberSchema Current() => InCollection(out var frame) ? frame.Element : _member!;

    private string? ValuePath()
    {
        var frame = _frames.Peek();
        if (frame.Seen is not null)
        {
            return frame.PathOf(_member!);
        }

        return frame.IsMap
            ? $"{frame.Path}.{frame.CurrentKey}.member"
            : string.Create(CultureInfo.InvariantCulture, $"{frame.Path}.{frame.Position + 1}.member");
    }

    private void Report(string value, string? path, string rule) =>
        _violations.Add($"Value {value} at '{path}' failed to satisfy constraint: {rule}");

    private static string Shown(Schema target, string value) => target.Sensitive ? "***" : value;

    private static bool Broken(Schema schema, string value) => BrokenString(schema, value) is not null;

    private static List<string>? BrokenString(Schema schema, string value)
    {
        if (schema.Constraints is not { } constraints)
        {
            return null;
        }

        List<string>? broken = null;
        if (value.Length > constraints.Max)
        {
            (broken ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"Member must have length less than or equal to {constraints.Max}"));
        }

        if (value.Length < constraints.Min)
        {
            (broken ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"Member must have length greater than or equal to {constraints.Min}"));
        }

        if (!constraints.Matches(value))
        {
            (broken ??= []).Add("Member must satisfy regular expression pattern: " + constraints.Pattern);
        }

        if (constraints.ValueSet is { } set && !set.Contains(value))
        {
            (broken ??= []).Add($"Member must satisfy enum value set: [{string.Join(", ", constraints.Values!)}]");
        }

        return broken;
    }

    // All rules of a part, as AWS lists them when one of them is broken.
    private static List<string> Rules(Schema schema)
    {
        var rules = new List<string>();
        if (schema.Constraints is { } constraints)
        {
            var what = schema.Kind is ShapeKind.Integer or ShapeKind.Long or ShapeKind.Float or ShapeKind.Double ? "value" : "length";
            if (constraints.Max is { } max)
            {
                rules.Add(string.Create(CultureInfo.InvariantCulture, $"Member must have {what} less than or equal to {max}"));
            }

            if (constraints.Min is { } min)
            {
                rules.Add(string.Create(CultureInfo.InvariantCulture, $"Member must have {what} greater than or equal to {min}"));
            }

            if (constraints.Pattern is { } pattern)
            {
                rules.Add("Member must satisfy regular expression pattern: " + pattern);
            }

            if (constraints.Values is { } values)
            {
                rules.Add($"Member must satisfy enum value set: [{string.Join(", ", values)}]");
            }
        }

        return rules;
    }

    private sealed class Frame
    {
        public required Schema Schema { get; init; }

        public string? Path { get; init; }

        /// <summary>What stands before members in the body of the input itself.</summary>
        public string? Root { get; init; }

        /// <summary>Which members were written; null for collections.</summary>
        public bool[]? Seen { get; init; }

        public bool IsMap { get; init; }

        public int Count { get; init; }

        public int Position { get; set; }

        public string? CurrentKey { get; set; }

        public List<string> Shown { get; } = [];

        public List<string> PartViolations { get; } = [];

        public MemberSchema Element => IsMap ? Schema.Value : Schema.Element;

        public string PathOf(MemberSchema member)
        {
            var before = Path ?? (member.Location == MemberLocation.Body ? Root : null);
            return before is null ? member.PathName : $"{before}.{member.PathName}";
        }
    }
}
