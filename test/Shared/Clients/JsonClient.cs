using System.Text;
using System.Text.Json;

namespace Haneul.Testing.Clients;

/// <summary>Calls a JSON service with requests that are written out: for services without an official .NET client that restores everywhere.</summary>
/// <param name="url">The cloud.</param>
/// <param name="target">What stands before the dot in <c>X-Amz-Target</c>.</param>
/// <param name="version">Of the JSON protocol.</param>
/// <param name="scope">Region and service of an unknown key, such as <c>us-east-1/dynamodb</c>, if they matter.</param>
public sealed class JsonClient(Uri url, string target, string version, string? scope = null) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <exception cref="InvalidOperationException">The call was refused; the message holds the answer.</exception>
    public async Task<JsonElement> CallAsync(string operation, string input, CancellationToken cancel)
    {
        var (status, body) = await SendAsync(operation, input, cancel);
        return status == 200 ? body : throw new InvalidOperationException($"{operation}: {status} {body}");
    }

    public Task<(int Status, JsonElement Body)> SendAsync(string operation, string input, CancellationToken cancel) =>
        SendAsync(operation, new StringContent(input, Encoding.UTF8), cancel);

    public async Task<(int Status, JsonElement Body)> SendAsync(string operation, HttpContent content, CancellationToken cancel)
    {
        content.Headers.ContentType = new("application/x-amz-json-" + version);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("X-Amz-Target", $"{target}.{operation}");
        if (scope is not null)
        {
            request.Headers.TryAddWithoutValidation(
                "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20250615/{scope}/aws4_request, SignedHeaders=host, Signature=none");
        }

        using var response = await _http.SendAsync(request, cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
        return ((int)response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }

    public void Dispose() => _http.Dispose();
}
