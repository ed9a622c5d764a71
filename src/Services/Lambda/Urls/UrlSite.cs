using System.Text.Json;
using Haneul.Compute.Environments;
using Haneul.Http;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Haneul.Lambda.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Haneul.Lambda.Urls;

/// <summary>
/// Functions as HTTP servers: at <c>ID.lambda-url.REGION.anything</c>, and at <c>/_aws/lambda-url/ID/</c> where such names cannot be resolved.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html"/>
/// </summary>
internal sealed class UrlSite(FunctionTable functions, FunctionUrls urls, Dispatcher dispatcher, TimeProvider time) : IHttpSite
{
    private const string Label = ".lambda-url.";
    private const string Prefix = "/_aws/lambda-url/";
    private const string Forbidden = "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

    public string Name => "lambda-url";

    public bool Owns(string host, string rawPath) =>
        host.Contains(Label, StringComparison.OrdinalIgnoreCase) || rawPath.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext http, string requestId)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var host = http.Request.Host.Host;
        string id;
        if (target.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var end = target.AsSpan(Prefix.Length).IndexOfAny('/', '?');
            id = end < 0 ? target[Prefix.Length..] : target.Substring(Prefix.Length, end);
            target = target[(Prefix.Length + id.Length)..];
        }
        else
        {
            id = host[..host.IndexOf(Label, StringComparison.OrdinalIgnoreCase)];
        }

        http.Response.Headers["x-amzn-RequestId"] = requestId;
        if (urls.Find(id) is not var (reference, url))
        {
            await RefuseAsync(http, 404, "ResourceNotFoundException", "Not Found");
            return;
        }

        if (url.Cors is { } cors && UrlCorsPolicy.Answer(cors, http))
        {
            return;
        }

        if (!IsPublic(reference))
        {
            await RefuseAsync(http, 403, "AccessDeniedException", Forbidden);
            return;
        }

        await InvokeAsync(http, requestId, reference, url, target.Length > 0 && target[0] == '/' ? target : "/" + target);
    }

    // Statements are written by AddPermission alone, so their forms are known: the principal is everybody, and no condition asks for more.
    private bool IsPublic(FunctionReference reference)
    {
        foreach (var statement in PolicyTable.Find(functions.Of(reference), reference)?.Statements ?? [])
        {
            using var json = JsonDocument.Parse(statement.Json);
            var root = json.RootElement;
            if (root.GetProperty("Principal") is { ValueKind: JsonValueKind.String } principal && principal.ValueEquals("*")
                && root.GetProperty("Action").GetString() is "lambda:InvokeFunctionUrl" or "lambda:*" or "*"
                && IsMet(root))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMet(JsonElement statement) =>
        !statement.TryGetProperty("Condition", out var condition)
        || condition.EnumerateObject().All(operation => operation.Name == "StringEquals"
            && operation.Value.EnumerateObject().All(key => key.Name == "lambda:FunctionUrlAuthType" && key.Value.ValueEquals("NONE")));

    private async Task InvokeAsync(HttpContext http, string requestId, FunctionReference reference, UrlRecord url, string target)
    {
        if (await RequestBody.ReadAsync(http.Request, Invoke.MaxPayload, http.RequestAborted) is not { } body)
        {
            await RefuseAsync(http, 413, "RequestEntityTooLargeException", "Request Entity Too Large");
            return;
        }

        var found = dispatcher.Route(reference);
        if (!found.Succeeded)
        {
            await RefuseAsync(http, 404, "ResourceNotFoundException", found.Error.Message);
            return;
        }

        var now = time.GetUtcNow();
        var invocation = new Invocation(requestId, UrlEvent.Write(http, requestId, url, target, body, now))
        {
            InvokedArn = reference.QualifiedArn,
            TraceId = http.Request.Headers["x-amzn-trace-id"] is [{ Length: > 0 } trace] ? trace : dispatcher.NewTraceId(now),
        };
        var context = new CallContext
        {
            Principal = Principal.Anonymous,
            Region = Region.TryParse(reference.Region, out var region) ? region : Region.Default,
            RequestId = requestId,
            Time = now,
        };
        var outcome = await dispatcher.RunAsync(reference, found.Value, invocation, context).WaitAsync(http.RequestAborted);
        if (!outcome.Succeeded)
        {
            await RefuseAsync(http, outcome.Error.Shape.Status, outcome.Error.Shape.Name, outcome.Error.Message);
        }
        else if (outcome.Value.Result.FunctionError is not null)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
            await http.Response.WriteAsync("Internal Server Error", http.RequestAborted);
        }
        else
        {
            await UrlAnswer.SendAsync(http, outcome.Value.Result.Payload);
        }
    }

    private static async Task RefuseAsync(HttpContext http, int status, string type, string? message)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-amzn-ErrorType"] = type;
        http.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteString("Message", message);
            json.WriteEndObject();
        }
    }
}
