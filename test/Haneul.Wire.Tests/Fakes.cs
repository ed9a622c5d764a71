using System.Buffers;
using System.Text;

namespace Haneul.Wire.Tests;

internal sealed class FakeRequest(byte[] body, string method = "POST", string path = "/", string query = "") : WireRequest
{
    public FakeRequest(string body)
        : this(Encoding.UTF8.GetBytes(body))
    {
    }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override string Method => method;

    public override string RawPath => path;

    public override string RawQuery => query;

    public override ReadOnlyMemory<byte> Body => body;

    public override Stream BodyStream => new MemoryStream(body);

    public override string? Header(string name) => Headers.GetValueOrDefault(name);

    public override IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix) =>
        Headers.Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key[prefix.Length..], header.Value));
}

internal sealed class FakeResponse : WireResponse
{
    private readonly ArrayBufferWriter<byte> _body = new();

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override IBufferWriter<byte> Body => _body;

    public byte[] Bytes => _body.WrittenSpan.ToArray();

    public string Text => Encoding.UTF8.GetString(_body.WrittenSpan);

    public override void SetHeader(string name, string value) => Headers[name] = value;
}
