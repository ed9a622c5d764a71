using System.Text;
using Haneul.Auth;
using Haneul.Wire;

namespace Haneul.Fuzz.Targets;

/// <summary>A request out of any text: method, target, header lines, an empty line, a body. What is missing is empty.</summary>
internal sealed class FuzzRequest : WireRequest, ISignedRequest
{
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly byte[] _body;

    public FuzzRequest(byte[] input)
    {
        var end = input.AsSpan().IndexOf("\n\n"u8);
        _body = end < 0 ? [] : input[(end + 2)..];
        // As Kestrel does: header values are bytes, a target is ASCII.
        var lines = Encoding.Latin1.GetString(end < 0 ? input : input[..end]).Split('\n');
        var words = lines[0].Split(' ', 2);
        Method = words[0];
        var target = words.Length > 1 ? words[1] : "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        RawPath = "/" + (query < 0 ? target : target[..query]).TrimStart('/');
        RawQuery = query < 0 ? "" : target[(query + 1)..];
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                _headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            }
        }
    }

    public override string Method { get; }

    public override string RawPath { get; }

    public override string RawQuery { get; }

    public override ReadOnlyMemory<byte> Body => _body;

    public override Stream BodyStream => new MemoryStream(_body, writable: false);

    IReadOnlyList<string> ISignedRequest.Header(string name) =>
        [.. _headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public override string? Header(string name) =>
        ((ISignedRequest)this).Header(name) is { Count: > 0 } values ? string.Join(',', values) : null;

    public override IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix) =>
        _headers.Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key[prefix.Length..], header.Value));
}
