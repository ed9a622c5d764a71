using System.Xml;
using System.Xml.Linq;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Xml;

/// <summary>Reads shapes from an XML body: the requests of restXml. Document types and external entities are refused.</summary>
public sealed class XmlShapeReader : ShapeReader
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
        CheckCharacters = true,
    };

    private readonly Stack<Frame> _frames = new();
    private readonly XElement? _root;
    private MemberSchema? _member;
    private XElement? _element;
    private string? _attribute;

    /// <exception cref="WireFormatException">The body is not well-formed.</exception>
    public XmlShapeReader(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return;
        }

        try
        {
            var stream = new MemoryStream(body.ToArray(), writable: false);
            CheckDepth(stream);
            using var reader = XmlReader.Create(stream, s_settings);
            _root = XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new WireFormatException("The XML you provided was not well-formed or did not validate against our published schema", exception);
        }
    }

    // Building the tree takes time that grows with the square of the depth, so the depth is looked at first.
    private static void CheckDepth(MemoryStream stream)
    {
        using (var reader = XmlReader.Create(stream, s_settings))
        {
            while (reader.Read())
            {
                Depth.Check(reader.Depth);
            }
        }

        stream.Position = 0;
    }

    /// <summary>The name of the root element, without its namespace; null for an empty body.</summary>
    public string? RootName => _root?.Name.LocalName;

    public override void BeginStructure(Schema schema)
    {
        Depth.Check(_frames.Count);
        var element = _frames.Count == 0 ? _root : _element;
        _frames.Push(new Frame { Schema = schema, Element = element, Member = _member });
    }

    public override int NextMember()
    {
        var frame = _frames.Peek();
        var members = frame.Schema!.Members;
        while (frame.Element is not null && frame.Next < members.Length)
        {
            var member = members[frame.Next++];
            if (member.Location != MemberLocation.Body)
            {
                continue;
            }

            if (member.XmlAttribute)
            {
                var local = member.WireName[(member.WireName.IndexOf(':', StringComparison.Ordinal) + 1)..];
                if (frame.Element.Attributes().FirstOrDefault(a => !a.IsNamespaceDeclaration && a.Name.LocalName == local) is { } attribute)
                {
                    _attribute = attribute.Value;
                    _member = member;
                    return member.Index;
                }
            }
            else if (Child(frame.Element, NameOf(member)) is { } child)
            {
                _attribute = null;
                _element = child;
                _member = member;
                return member.Index;
            }
        }

        Leave();
        return -1;
    }

    public override void BeginList()
    {
        var flattened = _frames.TryPeek(out var frame) && frame.Schema is not null && _member!.IsFlattened;
        var items = flattened
            ? Children(frame!.Element!, NameOf(_member!))
            : Children(_element!, _member!.Target.Element.WireName);
        _frames.Push(new Frame { Items = [.. items], Member = _member, Element = _element });
        _member = _member!.Target.Element;
    }

    public override bool NextElement()
    {
        var frame = _frames.Peek();
        if (frame.Next == frame.Items!.Count)
        {
            Leave();
            return false;
        }

        _element = frame.Items[frame.Next++];
        _member = frame.Member!.Target.Element;
        return true;
    }

    public override void BeginMap()
    {
        var flattened = _frames.TryPeek(out var frame) && frame.Schema is not null && _member!.IsFlattened;
        var items = flattened ? Children(frame!.Element!, _member!.WireName) : Children(_element!, "entry");
        _frames.Push(new Frame { Items = [.. items], Member = _member, Element = _element });
    }

    public override bool NextEntry(out string key)
    {
        var frame = _frames.Peek();
        var map = frame.Member!.Target;
        while (frame.Next < frame.Items!.Count)
        {
            var entry = frame.Items[frame.Next++];
            if (Child(entry, map.Key.WireName) is { } name && Child(entry, map.Value.WireName) is { } value)
            {
                key = name.Value;
                _element = value;
                _member = map.Value;
                return true;
            }
        }

        Leave();
        key = "";
        return false;
    }

    public override string ReadString() => _attribute ?? _element?.Value ?? "";

    public override bool ReadBoolean() => Scalars.Boolean(ReadString().Trim());

    public override int ReadInteger() => Scalars.Integer(ReadString().Trim());

    public override long ReadLong() => Scalars.Long(ReadString().Trim());

    public override double ReadDouble() => Scalars.Double(ReadString().Trim());

    public override DateTimeOffset ReadTimestamp() => Timestamps.Parse(ReadString().Trim());

    public override byte[] ReadBlob() => Scalars.Blob(ReadString().Trim());

    private void Leave()
    {
        var frame = _frames.Pop();
        _member = frame.Member;
        _attribute = null;
    }

    private static string NameOf(MemberSchema member) =>
        member.IsFlattened && member.Target.Kind == ShapeKind.List && member.Target.Element.WireName != "member" && member.WireName == member.Name
            ? member.Target.Element.WireName
            : member.WireName[(member.WireName.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static XElement? Child(XElement parent, string name) => Children(parent, name).FirstOrDefault();

    private static IEnumerable<XElement> Children(XElement parent, string name) => parent.Elements().Where(child => child.Name.LocalName == name);

    private sealed class Frame
    {
        public Schema? Schema { get; init; }

        public XElement? Element { get; init; }

        public List<XElement>? Items { get; init; }

        public MemberSchema? Member { get; init; }

        public int Next { get; set; }
    }
}
