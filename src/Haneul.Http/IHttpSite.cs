using Microsoft.AspNetCore.Http;

namespace Haneul.Http;

/// <summary>A data plane that is HTTP itself, such as the URLs of APIs: it owns some hosts and paths of the gateway.</summary>
public interface IHttpSite
{
    /// <summary>What it is called in metrics and logs, such as <c>execute-api</c>.</summary>
    string Name { get; }

    /// <summary>Whether a request is this site's, by its host and path alone. Asked for every request: must be cheap.</summary>
    /// <param name="host">Without the port.</param>
    /// <param name="rawPath">As it was sent, still percent-encoded.</param>
    bool Owns(string host, string rawPath);

    /// <summary>Answers the request, errors included.</summary>
    Task HandleAsync(HttpContext http, string requestId);
}
