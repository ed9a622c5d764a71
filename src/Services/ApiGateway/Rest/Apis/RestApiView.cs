using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>A REST API as answers show it.</summary>
internal static class RestApiView
{
    /// <param name="api">As stored; it is changed.</param>
    /// <param name="tags">Whether the answer shows tags even if there are none, as AWS does for single APIs that are read or changed.</param>
    public static RestApi Of(RestApi api, bool tags)
    {
        api.Tags = api.Tags is { Count: > 0 } ? api.Tags : tags ? new Dictionary<string, string>() : null;

        // AWS shows a policy as the inside of a JSON string: its quotes are escaped once more.
        api.Policy = api.Policy is null ? null : JsonEncodedText.Encode(
            api.Policy, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        return api;
    }
}
