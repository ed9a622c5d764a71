namespace Haneul.ApiGateway.Execute;

/// <summary>One of the three kinds of APIs: REST, HTTP, WebSocket. Ids are unique among all of them.</summary>
internal interface IApiKind
{
    /// <summary>Answers the request, errors included, if the API is of this kind.</summary>
    /// <returns>False, and nothing is answered, if there is no such API of this kind.</returns>
    ValueTask<bool> TryHandleAsync(ApiRequest request);
}
