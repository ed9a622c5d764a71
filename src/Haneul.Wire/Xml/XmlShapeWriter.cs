using System.Buffers;
using System.Globalization;
using Haneul.Kernel.Shapes;
using Haneul.Wire.Text;

namespace Haneul.Wire.Xml;

/// <summary>
/// Writes shapes as XML elements: the answers of awsQuery, ec2Query and restXml.
/// <see href="https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings"/>
/// </summary>
public sealed class XmlShapeWriter : ShapeWriter
{
    private readonly XmlText _xml;
    private readonly Stack<Frame> _frames = new();
    private readonly string? _root;
    private readonly string? _rootAttributes;
    private MemberSchema? _member;
    private string? _key;

    /// <param name="output">Where the bytes go.</param>
    /// <param name="root">The element around the first structure; null leaves it out, for what is wrapped elsewhere.</param>
    /// <param name="rootAttributes">Namespaces of that element.</param>
    public XmlShapeWriter(IBufferWriter<byte> output, string? root, string? rootAttributes = null)
    {
        _xml = new XmlText(output);
        _root = root;
        _rootAttributes = rootAttributes;
    }

    public override void BeginStructure(Schema schema)
    {
        string? name;
        string? attributes = null;
        if (_frames.Count == 0)
        {
            name = _root;
            attributes = _rootAttributes;
        }
        else
        {
            name = BeginValue(out attributes);
        }

        _frames.Push(new Frame(FrameKind.Structure, name, null));
        if (name is not null)
        {
            // Attribute members belong into the start tag, which is therefore closed by the first member that is none.
            _xml.Raw("<");
            _xml.Raw(name);
            _xml.Raw(attributes);
            _frames.Peek().TagOpen = true;
        }
    }

    public override void EndStructure()
    {
        var frame = _frames.Pop();
        CloseTag(frame);
        if (frame.Name is not null)
        {
            _xml.Close(frame.Name);
        }

        EndValue();
    }

    public override void Member(MemberSchema member) => _member = member;

    public override void BeginList(int count)
    {
        var frame = _frames.Peek();
        if (frame.Kind == FrameKind.Structure && _member!.IsFlattened)
        {
            CloseTag(frame);
            // The element's own name wins over the member's, if it has one.
            var element = _member.Target.Element;
            var name = element.WireName != "member" && _member.WireName == _member.Name ? element.WireName : _member.WireName;
            _frames.Push(new Frame(FrameKind.FlatList, null, _member.Target) { ItemName = name });
            return;
        }

        var target = CurrentTarget();
        var outer = BeginValue(out var attributes);
        _xml.Open(outer, attributes);
        _frames.Push(new Frame(FrameKind.List, outer, target) { ItemName = target.Element.WireName });
    }

    public override void EndList() => EndCollection();

    public override void BeginMap(int count)
    {
        var frame = _frames.Peek();
        if (frame.Kind == FrameKind.Structure && _member!.IsFlattened)
        {
            CloseTag(frame);
            _frames.Push(new Frame(FrameKind.Map, null, _member.Target) { ItemName = _member.WireName });
            return;
        }

        var target = CurrentTarget();
        var outer = BeginValue(out var attributes);
        _xml.Open(outer, attributes);
        _frames.Push(new Frame(FrameKind.Map, outer, target) { ItemName = "entry" });
    }

    public override void Key(string key) => _key = key;

    public override void EndMap() => EndCollection();

    public override void WriteString(string value)
    {
        var frame = _frames.Peek();
        if (frame.Kind == FrameKind.Structure && _member!.XmlAttribute)
        {
            _xml.Raw(XmlText.Attribute(_member.WireName, value));
            return;
        }

        var name = BeginValue(out var attributes);
        _xml.Open(name, attributes);
        _xml.Escaped(value);
        _xml.Close(name);
        EndValue();
    }

    public override void WriteBoolean(bool value) => WriteString(value ? "true" : "false");

    public override void WriteInteger(int value) => WriteString(value.ToString(CultureInfo.InvariantCulture));

    public override void WriteLong(long value) => WriteString(value.ToString(CultureInfo.InvariantCulture));

    public override void WriteDouble(double value) => WriteString(Scalars.Text(value));

    public override void WriteFloat(float value) => WriteString(Scalars.Text(value));

    public override void WriteTimestamp(DateTimeOffset value) =>
        WriteString(Timestamps.Format(value, _member?.ValueTimestampFormat is { } format and not TimestampFormat.Default ? format : TimestampFormat.DateTime));

    public override void WriteBlob(ReadOnlyMemory<byte> value) => WriteString(Convert.ToBase64String(value.Span));

    // Opens what stands around the value that comes now, and says how its element is called.
    private string BeginValue(out string? attributes)
    {
        attributes = null;
        var frame = _frames.Peek();
        switch (frame.Kind)
        {
            case FrameKind.Structure:
                CloseTag(frame);
                if (_member!.XmlNamespace is { } uri)
                {
                    attributes = XmlText.Attribute(_member.XmlPrefix is { } prefix ? "xmlns:" + prefix : "xmlns", uri);
                }

                return _member.WireName;
            case FrameKind.Map:
                _xml.Open(frame.ItemName!);
                _xml.Element(frame.Target!.Key.WireName, _key);
                return frame.Target.Value.WireName;
            default:
                return frame.ItemName!;
        }
    }

    private void EndValue()
    {
        if (_frames.TryPeek(out var frame) && frame.Kind == FrameKind.Map)
        {
            _xml.Close(frame.ItemName!);
        }
    }

    private void EndCollection()
    {
        var frame = _frames.Pop();
        if (frame.Name is not null)
        {
            _xml.Close(frame.Name);
            EndValue();
        }
    }

    private void CloseTag(Frame frame)
    {
        if (frame.TagOpen)
        {
            _xml.Raw(">");
            frame.TagOpen = false;
        }
    }

    private Schema CurrentTarget()
    {
        var frame = _frames.Peek();
        return frame.Kind switch
        {
            FrameKind.Structure => _member!.Target,
            FrameKind.Map => frame.Target!.Value.Target,
            _ => frame.Target!.Element.Target,
        };
    }

    private enum FrameKind : byte
    {
        Structure,
        List,
        FlatList,
        Map,
    }

    private sealed class Frame(FrameKind kind, string? name, Schema? target)
    {
        public FrameKind Kind { get; } = kind;

        public string? Name { get; } = name;

        public Schema? Target { get; } = target;

        public string? ItemName { get; init; }

        public bool TagOpen { get; set; }
    }
}
