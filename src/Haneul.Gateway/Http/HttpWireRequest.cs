using Haneul.Auth;
using Haneul.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Haneul.Gateway.Http;

/// <summary>A server's request as protocols see it.</summary>
internal sealed class HttpWireRequest : WireRequest, ISignedRequest
{
    private readonly HttpRequest _request;
    private ReadOnlyMemory<byte> _body;

    public HttpWireRequest(HttpContext context)
    {
        _request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        RawPath = query < 0 ? target : target[..query];
        RawQuery = query < 0 ? "" : target[(query + 1)..];
    }

    public override string Method => _request.Method;

    public override string RawPath { get; }

    public override string RawQuery { get; }

    public override ReadOnlyMemory<byte> Body => _body;

    public override Stream BodyStream => _request.Body;

    /// <summary>The headers, for handlers; one delegate a request.</summary>
    public Func<string, string?> HeaderReader => Header;

    public void SetBody(ReadOnlyMemory<byte> body) => _body = body;

    public override string? Header(string name) => _request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    IReadOnlyList<string> ISignedRequest.Header(string name) =>
        _request.Headers.TryGetValue(name, out var values) ? values! : (IReadOnlyList<string>)[];

    public override IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix)
    {
        foreach (var (name, values) in _request.Headers)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return new(name[prefix.Length..], values.ToString());
            }
        }
    }
}
