using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute;

/// <summary>A request to an API, before anything is known but the API's id.</summary>
/// <param name="Http">The request and its answer.</param>
/// <param name="RequestId">The id that answers and logs carry.</param>
/// <param name="Address">API, stage where the address names it, and path.</param>
/// <param name="RawQuery">As it was sent, without the question mark.</param>
internal sealed record ApiRequest(HttpContext Http, string RequestId, ApiAddress Address, string RawQuery);
