using Haneul.Kernel.Shapes;
using Haneul.Wire.Query;
using Haneul.Wire.Text;

namespace Haneul.Wire.Rest;

/// <summary>
/// Reads the input of a REST protocol: members from path, query and headers, the rest from the body by the body's own reader.
/// <see href="https://smithy.io/2.0/spec/http-bindings.html"/>
/// </summary>
public sealed class RestShapeReader : ShapeReader
{
    private readonly WireRequest _request;
    private readonly RouteLabels _labels;
    private readonly Func<ReadOnlyMemory<byte>, ShapeReader> _bodyReader;
    private readonly List<KeyValuePair<string, string>> _query;
    private ShapeReader? _body;
    private Schema? _top;
    private int _next;
    private int _bodyDepth;
    private bool _bodyRead;

    // Where the value of an HTTP-bound member comes from: one text, several, or named ones.
    private string? _text;
    private List<string>? _texts;
    private List<KeyValuePair<string, string>>? _entries;
    private int _cursor;
    private MemberSchema? _member;

    public RestShapeReader(WireRequest request, RouteLabels labels, Func<ReadOnlyMemory<byte>, ShapeReader> bodyReader)
    {
        _request = request;
        _labels = labels;
        _bodyReader = bodyReader;
        _query = ParseQuery(request.RawQuery);
    }

    public override void BeginStructure(Schema schema)
    {
        if (_top is null)
        {
            _top = schema;
            return;
        }

        Body.BeginStructure(schema);
        _bodyDepth++;
    }

    public override int NextMember()
    {
        if (_bodyDepth > 0)
        {
            var index = Body.NextMember();
            _bodyDepth -= index < 0 ? 1 : 0;
            return index;
        }

        while (_next < _top!.Members.Length)
        {
            var member = _top.Members[_next++];
            if (Find(member))
            {
                _member = member;
                return member.Index;
            }
        }

        if (_bodyRead || _top.Payload is not null || _request.Body.IsEmpty)
        {
            return -1;
        }

        _bodyRead = true;
        Body.BeginStructure(_top);
        _bodyDepth++;
        return NextMember();
    }

    public override void BeginList()
    {
        if (InBody)
        {
            Body.BeginList();
        }
        else
        {
            _cursor = 0;
        }
    }

    public override bool NextElement()
    {
        if (InBody)
        {
            return Body.NextElement();
        }

        if (_entries is not null)
        {
            // Below a map of lists: all values of the same name.
            if (_texts is null || _cursor >= _texts.Count)
            {
                _texts = null;
                return false;
            }
        }
        else if (_cursor >= _texts!.Count)
        {
            return false;
        }

        _text = _texts[_cursor++];
        return true;
    }

    public override void BeginMap()
    {
        if (InBody)
        {
            Body.BeginMap();
        }
    }

    public override bool NextEntry(out string key)
    {
        if (InBody)
        {
            return Body.NextEntry(out key);
        }

        if (_entries!.Count == 0)
        {
            key = "";
            return false;
        }

        var name = _entries[0].Key;
        _texts = [.. _entries.Where(entry => entry.Key == name).Select(entry => entry.Value)];
        _entries.RemoveAll(entry => entry.Key == name);
        _text = _texts[0];
        key = name;
        return true;
    }

    public override string ReadString() => _bodyDepth > 0 ? Body.ReadString() : PayloadText() ?? _text!;

    public override bool ReadBoolean() => _bodyDepth > 0 ? Body.ReadBoolean() : Scalars.Boolean(_text!);

    public override int ReadInteger() => _bodyDepth > 0 ? Body.ReadInteger() : Scalars.Integer(_text!);

    public override long ReadLong() => _bodyDepth > 0 ? Body.ReadLong() : Scalars.Long(_text!);

    public override double ReadDouble() => _bodyDepth > 0 ? Body.ReadDouble() : Scalars.Double(_text!);

    public override DateTimeOffset ReadTimestamp() => _bodyDepth > 0 ? Body.ReadTimestamp() : Timestamps.Parse(_text!);

    public override byte[] ReadBlob() =>
        _bodyDepth > 0 ? Body.ReadBlob() : _member!.Location == MemberLocation.Payload ? _request.Body.ToArray() : Scalars.Blob(_text!);

    public override Stream ReadStream() => _request.BodyStream;

    public override bool TryReadRawJson(out ReadOnlyMemory<byte> json)
    {
        json = default;
        return InBody && Body.TryReadRawJson(out json);
    }

    private bool InBody => _bodyDepth > 0 || _member!.Location == MemberLocation.Payload;

    private ShapeReader Body => _body ??= _bodyReader(_request.Body);

    private string? PayloadText()
    {
        if (_member!.Location != MemberLocation.Payload)
        {
            return null;
        }

        try
        {
            return new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(_request.Body.Span);
        }
        catch (System.Text.DecoderFallbackException exception)
        {
            throw new WireFormatException("The body is not valid UTF-8.", exception);
        }
    }

    // Makes the member's value ready, if it is there.
    private bool Find(MemberSchema member)
    {
        _texts = null;
        _entries = null;
        switch (member.Location)
        {
            case MemberLocation.Uri:
                _text = _labels.Find(member.WireName);
                return _text is not null;
            case MemberLocation.QueryString when member.Target.Kind == ShapeKind.Map:
                var named = _top!.Members.Where(m => m.Location == MemberLocation.QueryString && m != member).Select(m => m.WireName).ToHashSet();
                _entries = [.. _query.Where(pair => !named.Contains(pair.Key))];
                return _entries.Count > 0;
            case MemberLocation.QueryString:
                _texts = [.. _query.Where(pair => pair.Key == member.WireName).Select(pair => pair.Value)];
                _text = _texts.Count > 0 ? _texts[0] : null;
                return _text is not null;
            case MemberLocation.Header:
                _text = _request.Header(member.WireName);
                if (_text is not null && member.Target.Kind == ShapeKind.List)
                {
                    _texts = [.. HeaderList.Split(_text, dates: member.Target.Element.Target.Kind == ShapeKind.Timestamp)];
                }

                return _text is not null;
            case MemberLocation.Headers:
                _entries = [.. _request.HeadersWithPrefix(member.WireName)];
                return _entries.Count > 0;
            case MemberLocation.Payload when member.Streaming:
                return true;
            case MemberLocation.Payload:
                return !_request.Body.IsEmpty;
            default:
                return false;
        }
    }

    private static List<KeyValuePair<string, string>> ParseQuery(string query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query[range];
            if (pair.Length == 0)
            {
                continue;
            }

            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(new(
                PercentEncoding.Decode(equals < 0 ? pair : pair[..equals], plusIsSpace: true),
                equals < 0 ? "" : PercentEncoding.Decode(pair[(equals + 1)..], plusIsSpace: true)));
            if (pairs.Count > QueryParameters.MaxCount)
            {
                throw new WireFormatException("Too many parameters.");
            }
        }

        return pairs;
    }
}
