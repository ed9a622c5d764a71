using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Query;

/// <summary>
/// Reads shapes from form parameters: <c>Tags.member.1.Key=a</c>. Serves awsQuery and ec2Query, which differ in how members are called and
/// in that EC2's lists never have a wrapper.
/// </summary>
/// <remarks><see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/></remarks>
public sealed class QueryShapeReader(QueryParameters parameters, bool ec2) : ShapeReader
{
    private readonly Stack<Frame> _frames = new();
    private string _path = "";
    private MemberSchema? _current;

    public override void BeginStructure(Schema schema)
    {
        Depth.Check(_frames.Count);
        _frames.Push(new Frame { Schema = schema, Prefix = _path.Length == 0 ? "" : _path + ".", Owner = _current });
    }

    public override int NextMember()
    {
        var frame = _frames.Peek();
        var members = frame.Schema!.Members;
        while (frame.Next < members.Length)
        {
            var member = members[frame.Next++];
            foreach (var name in NamesOf(member))
            {
                var path = frame.Prefix + name;
                if (parameters.Has(path))
                {
                    _path = path;
                    _current = member;
                    return member.Index;
                }
            }
        }

        Leave();
        return -1;
    }

    public override void BeginList()
    {
        var list = _current!.Target;
        var elementName = list.Element.WireName;
        // Clients agree on neither form in every corner, so both are read: wrapped (Tags.member.1) and flattened (Tags.1).
        var wrapped = _path + "." + elementName + ".";
        var flattened = _current.IsFlattened && elementName != "member" ? Sibling(elementName) + "." : _path + ".";
        var prefix = !ec2 && parameters.HasBelow(wrapped) ? wrapped : parameters.HasBelow(flattened) ? flattened : _path + ".";
        _frames.Push(new Frame { Prefix = prefix, Numbers = parameters.NumbersBelow(prefix), Element = list.Element, Owner = _current });
    }

    public override bool NextElement()
    {
        var frame = _frames.Peek();
        if (frame.Next == frame.Numbers!.Count)
        {
            Leave();
            return false;
        }

        _path = frame.Prefix + frame.Numbers[frame.Next++];
        _current = frame.Element;
        return true;
    }

    public override void BeginMap()
    {
        var map = _current!.Target;
        var prefix = parameters.HasBelow(_path + ".entry.") ? _path + ".entry." : _path + ".";
        _frames.Push(new Frame { Prefix = prefix, Numbers = parameters.NumbersBelow(prefix), Element = map.Value, Key = map.Key, Owner = _current });
    }

    public override bool NextEntry(out string key)
    {
        var frame = _frames.Peek();
        while (frame.Next < frame.Numbers!.Count)
        {
            var entry = frame.Prefix + frame.Numbers[frame.Next++] + ".";
            if (parameters.Find(entry + frame.Key!.WireName) is { } name)
            {
                key = name;
                _path = entry + frame.Element!.WireName;
                _current = frame.Element;
                return true;
            }
        }

        Leave();
        key = "";
        return false;
    }

    public override string ReadString() => parameters.Find(_path) ?? "";

    public override bool ReadBoolean() => Scalars.Boolean(ReadString());

    public override int ReadInteger() => Scalars.Integer(ReadString());

    public override long ReadLong() => Scalars.Long(ReadString());

    public override double ReadDouble() => Scalars.Double(ReadString());

    public override DateTimeOffset ReadTimestamp() => Timestamps.Parse(ReadString());

    public override byte[] ReadBlob() => Scalars.Blob(ReadString());

    private void Leave() => _current = _frames.Pop().Owner;

    private string[] NamesOf(MemberSchema member)
    {
        if (ec2)
        {
            return [member.Ec2Name ?? char.ToUpperInvariant(member.WireName[0]) + member.WireName[1..]];
        }

        // A flattened list is sent under its element's name where that has one of its own.
        return member.IsFlattened && member.Target.Kind == ShapeKind.List && member.Target.Element.WireName != "member"
            ? [member.WireName, member.Target.Element.WireName]
            : [member.WireName];
    }

    private string Sibling(string name)
    {
        var dot = _path.LastIndexOf('.');
        return dot < 0 ? name : _path[..(dot + 1)] + name;
    }

    private sealed class Frame
    {
        public Schema? Schema { get; init; }

        public required string Prefix { get; init; }

        public IReadOnlyList<string>? Numbers { get; init; }

        public MemberSchema? Element { get; init; }

        public MemberSchema? Key { get; init; }

        public MemberSchema? Owner { get; init; }

        public int Next { get; set; }
    }
}
