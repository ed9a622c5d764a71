namespace Haneul.Kernel.Shapes;

/// <summary>The facts of one shape of a service model: its kind, its parts and its bounds. Protocols and validation read it.</summary>
public sealed class Schema
{
    private static readonly MemberSchema[] s_none = [];

    private Schema(ShapeKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The structure without members, for operations that take or return nothing.</summary>
    public static Schema Unit { get; } = Structure("Unit", []);

    public ShapeKind Kind { get; }

    /// <summary>The name in the model.</summary>
    public string Name { get; }

    /// <summary>Members of a structure, in the order of the model.</summary>
    public MemberSchema[] Members { get; private init; } = s_none;

    /// <summary>Elements of a list.</summary>
    public MemberSchema Element { get; private init; } = null!;

    /// <summary>Keys of a map; always strings.</summary>
    public MemberSchema Key { get; private init; } = null!;

    /// <summary>Values of a map.</summary>
    public MemberSchema Value { get; private init; } = null!;

    public Constraints? Constraints { get; private init; }

    /// <summary>A structure of which exactly one member is set.</summary>
    public bool IsUnion { get; private init; }

    /// <summary>A list or map whose XML and query forms have no wrapper; a member may say so as well.</summary>
    public bool Flattened { get; private init; }

    /// <summary>The value must not appear in logs.</summary>
    public bool Sensitive { get; private init; }

    /// <summary>A stream of events instead of one value.</summary>
    public bool EventStream { get; private init; }

    public TimestampFormat TimestampFormat { get; private init; }

    /// <summary>The member that is the whole body in REST protocols, if there is one.</summary>
    public MemberSchema? Payload { get; private init; }

    /// <summary>The XML namespace of the root element, if the model gives one.</summary>
    public string? XmlNamespace { get; private init; }

    /// <summary>The name of the root element in restXml, if the model gives one.</summary>
    public string? XmlRoot { get; private init; }

    /// <summary>Whether any member is bound to something else than the body.</summary>
    public bool HasHttpBindings { get; private init; }

    public static Schema Structure(
        string name, MemberSchema[] members, bool union = false, bool sensitive = false, bool eventStream = false,
        string? payload = null, string? xmlNamespace = null, string? xmlRoot = null)
    {
        for (var i = 0; i < members.Length; i++)
        {
            members[i].Index = i;
        }

        return new Schema(ShapeKind.Structure, name)
        {
            Members = members,
            IsUnion = union,
            Sensitive = sensitive,
            EventStream = eventStream,
            Payload = payload is null ? null : Array.Find(members, m => m.Name == payload),
            XmlNamespace = xmlNamespace,
            XmlRoot = xmlRoot,
            HasHttpBindings = Array.Exists(members, m => m.Location != MemberLocation.Body),
        };
    }

    public static Schema List(string name, MemberSchema element, Constraints? constraints = null, bool flattened = false, bool sensitive = false) =>
        new(ShapeKind.List, name) { Element = element, Constraints = constraints, Flattened = flattened, Sensitive = sensitive };

    public static Schema Map(
        string name, MemberSchema key, MemberSchema value, Constraints? constraints = null, bool flattened = false, bool sensitive = false) =>
        new(ShapeKind.Map, name) { Key = key, Value = value, Constraints = constraints, Flattened = flattened, Sensitive = sensitive };

    public static Schema Simple(
        ShapeKind kind, string name, Constraints? constraints = null, bool sensitive = false, TimestampFormat timestampFormat = default) =>
        new(kind, name) { Constraints = constraints, Sensitive = sensitive, TimestampFormat = timestampFormat };

    /// <summary>The index of the body member with this wire name, or -1. <paramref name="hint"/> is where to look first.</summary>
    public int IndexOf(ReadOnlySpan<byte> wireName, int hint)
    {
        var members = Members;
        for (var n = 0; n < members.Length; n++)
        {
            var i = hint + n;
            i = i >= members.Length ? i - members.Length : i;
            if (wireName.SequenceEqual(members[i].WireNameUtf8))
            {
                return i;
            }
        }

        return -1;
    }

    public override string ToString() => $"{Name} ({Kind})";
}
