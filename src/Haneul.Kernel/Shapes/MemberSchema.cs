using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Haneul.Kernel.Shapes;

/// <summary>One member of a structure, or the element, key or value of a collection: its names on the wire and its shape.</summary>
public sealed class MemberSchema(string name, Func<Schema> target, string? wireName = null)
{
    private Schema? _target;

    /// <summary>The name in the model.</summary>
    public string Name { get; } = name;

    /// <summary>The name on the wire: JSON name, XML element, header or query parameter.</summary>
    public string WireName { get; } = wireName ?? name;

    public byte[] WireNameUtf8 { get; } = Encoding.UTF8.GetBytes(wireName ?? name);

    /// <summary>The wire name, escaped once for JSON.</summary>
    public JsonEncodedText WireNameJson { get; } = JsonEncodedText.Encode(wireName ?? name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>The name in validation messages: the model's name with a small first letter, as AWS writes it.</summary>
    public string PathName { get; } = name.Length > 0 ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    /// <summary>The name in ec2Query requests, where it differs from the capitalised wire name.</summary>
    public string? Ec2Name { get; init; }

    /// <summary>Position in the structure.</summary>
    public int Index { get; internal set; }

    public bool Required { get; init; }

    public MemberLocation Location { get; init; }

    public bool Flattened { get; init; }

    public bool XmlAttribute { get; init; }

    public string? XmlNamespace { get; init; }

    public string? XmlPrefix { get; init; }

    /// <summary>The value is not held in memory as a whole.</summary>
    public bool Streaming { get; init; }

    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>In an event: the member travels as a header of the message.</summary>
    public bool EventHeader { get; init; }

    /// <summary>In an event: the member is the message's payload.</summary>
    public bool EventPayload { get; init; }

    /// <summary>The shape; resolved late, since shapes may contain themselves.</summary>
    public Schema Target => _target ??= target();

    public bool IsFlattened => Flattened || Target.Flattened;

    public TimestampFormat EffectiveTimestampFormat => TimestampFormat != default ? TimestampFormat : Target.TimestampFormat;

    /// <summary>The format of the times in this member, be it a time itself or a collection of them.</summary>
    public TimestampFormat ValueTimestampFormat => Target.Kind switch
    {
        ShapeKind.List => Target.Element.ValueTimestampFormat,
        ShapeKind.Map => Target.Value.ValueTimestampFormat,
        _ => EffectiveTimestampFormat,
    };
}
