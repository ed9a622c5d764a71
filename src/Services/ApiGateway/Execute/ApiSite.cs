using Haneul.ApiGateway.Domains;
using Haneul.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Haneul.ApiGateway.Execute;

/// <summary>Serves the APIs: reads the address and hands the request to the kind of API that it names.</summary>
internal sealed class ApiSite(DomainTable domains, IEnumerable<IApiKind> kinds) : IHttpSite
{
    private readonly IApiKind[] _kinds = [.. kinds];

    public string Name => "execute-api";

    public bool Owns(string host, string rawPath) => ApiAddress.IsApi(host, rawPath) || domains.ByHost(host) is not null;

    public async Task HandleAsync(HttpContext http, string requestId)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var rawPath = question < 0 ? target : target[..question];
        var rawQuery = question < 0 ? "" : target[(question + 1)..];
        var host = http.Request.Host.Host;
        if ((domains.ByHost(host) is { } domain ? ApiAddress.Parse(domain, rawPath) : ApiAddress.Parse(host, rawPath)) is { } address)
        {
            var request = new ApiRequest(http, requestId, address, rawQuery);
            foreach (var kind in _kinds)
            {
                if (await kind.TryHandleAsync(request))
                {
                    return;
                }
            }
        }

        await MessageAnswer.SendAsync(http, 403, "Forbidden");
    }
}
