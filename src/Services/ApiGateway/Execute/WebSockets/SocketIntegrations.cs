using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.OutboundHttp;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.ApiGateway.Velocity;
using Haneul.Integration;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// Calls the integrations of WebSocket APIs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html"/>
/// </summary>
internal sealed class SocketIntegrations(
    IEnumerable<IFunctions> functions, IEnumerable<IRoles> roles, OutboundClient client, TimeProvider time, ILogger<SocketIntegrations> log)
{
    private const string Malformed = "Execution failed due to configuration error: Malformed Lambda proxy response";
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    public async Task<SocketReply> CallAsync(SocketRoute route, SocketEvent e)
    {
        var integration = route.Integration!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(integration.TimeoutInMillis ?? WebSocketIntegrationRules.DefaultTimeout), time);
        try
        {
            var reply = integration.IntegrationType switch
            {
                IntegrationType.AwsProxy => await ProxyAsync(integration, e, timeout.Token),
                IntegrationType.HttpProxy => await HttpAsync(integration, e, e.Body, timeout.Token),
                _ => await MappedAsync(route, integration, e, timeout.Token),
            };
            if (reply.Error is not null)
            {
                Log.NotCalled(log, e.RequestId, e.Connection.ApiId, e.RouteKey, "the integration failed", reply.Error);
            }

            return reply;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return SocketReply.Failed("The integration did not answer in time.", 504);
        }
    }

    private async Task<SocketReply> ProxyAsync(ApiIntegration integration, SocketEvent e, CancellationToken cancel)
    {
        var outcome = await InvokeAsync(integration, e, e.Write(), cancel);
        if (!outcome.Succeeded)
        {
            return SocketReply.Failed($"{outcome.Error.Shape.Name}: {outcome.Error.Message}");
        }

        // Only the answer to $connect must say how it went; in other answers the body is what counts.
        var answer = outcome.Value.FunctionError is null ? FunctionAnswer.Parse(outcome.Value.Payload, e.Type == "CONNECT" ? "1.0" : "2.0") : null;
        return answer is null ? SocketReply.Failed(Malformed, 502) : new SocketReply(answer.Status, answer.Body, answer.Headers);
    }

    private async Task<SocketReply> MappedAsync(SocketRoute route, ApiIntegration integration, SocketEvent e, CancellationToken cancel)
    {
        var variables = e.Variables();
        if (RequestBody(integration, e, variables, out var wrong) is not { } body)
        {
            return SocketReply.Failed(wrong!);
        }

        SocketReply reply;
        switch (integration.IntegrationType)
        {
            case IntegrationType.Mock:
                reply = new SocketReply(MockStatus(body), default, []);
                break;
            case IntegrationType.Http:
                reply = await HttpAsync(integration, e, body, cancel);
                break;
            default:
                var outcome = await InvokeAsync(integration, e, body.Length == 0 ? "{}"u8.ToArray() : body, cancel);
                reply = !outcome.Succeeded ? SocketReply.Failed($"{outcome.Error.Shape.Name}: {outcome.Error.Message}")
                    : outcome.Value.FunctionError is not null ? SocketReply.Failed("The function failed.", 502)
                    : new SocketReply(200, outcome.Value.Payload, []);
                break;
        }

        return reply.Error is null ? ResponseBody(route, reply, e, variables) : reply;
    }

    private ReadOnlyMemory<byte>? RequestBody(ApiIntegration integration, SocketEvent e, ContextVariables variables, out string? wrong)
    {
        wrong = null;
        var templates = integration.RequestTemplates;
        var key = Selection.Evaluate(integration.TemplateSelectionExpression, e.Body);
        if ((templates?.GetValueOrDefault(key) ?? templates?.GetValueOrDefault("$default")) is { } template)
        {
            return Render(template, e.Body, e, variables, out wrong);
        }

        var passes = integration.PassthroughBehavior switch
        {
            "NEVER" => false,
            "WHEN_NO_TEMPLATES" => templates is not { Count: > 0 },
            _ => true,
        };
        wrong = passes ? null : "No template fits the message, and messages do not pass through.";
        return passes ? e.Body : null;
    }

    private SocketReply ResponseBody(SocketRoute route, SocketReply reply, SocketEvent e, ContextVariables variables)
    {
        var status = reply.Status.ToString(CultureInfo.InvariantCulture);
        var response = route.Responses.FirstOrDefault(candidate => candidate.IntegrationResponseKey != "$default" && Matches(candidate.IntegrationResponseKey, status))
            ?? route.Responses.FirstOrDefault(candidate => candidate.IntegrationResponseKey == "$default");
        var key = Selection.Evaluate(response?.TemplateSelectionExpression, reply.Body);
        var template = response?.ResponseTemplates?.GetValueOrDefault(key) ?? response?.ResponseTemplates?.GetValueOrDefault("$default");
        if (template is null)
        {
            return reply;
        }

        return Render(template, reply.Body, e, variables, out var wrong) is { } body ? reply with { Body = body } : SocketReply.Failed(wrong!);
    }

    private async Task<SocketReply> HttpAsync(ApiIntegration integration, SocketEvent e, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var text = FunctionUri.Resolve(integration.IntegrationUri!, e.StageVariables);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return SocketReply.Failed("The integration's URI is none.");
        }

        try
        {
            var method = integration.IntegrationMethod is null or "ANY" ? "POST" : integration.IntegrationMethod;
            var headers = new List<KeyValuePair<string, string>>
            {
                new("Content-Type", "application/json"), new("connectionId", e.Connection.Id), new("User-Agent", "AmazonAPIGateway_" + e.Connection.ApiId),
            };
            var answer = await client.SendAsync(new OutboundRequest(method, uri, headers, body), cancel);
            return answer is null ? SocketReply.Failed("The endpoint's answer is too long.") : new SocketReply(answer.Status, answer.Body, answer.Headers);
        }
        catch (HttpRequestException exception)
        {
            return SocketReply.Failed(exception.Message, 502);
        }
    }

    private async ValueTask<Outcome<FunctionResult>> InvokeAsync(
        ApiIntegration integration, SocketEvent e, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (functions.FirstOrDefault() is not { } port || FunctionUri.Parse(integration.IntegrationUri!) is not { } function)
        {
            return Kernel.Errors.CommonErrors.ServiceUnavailable.With("The integration names no function that is here.");
        }

        var origin = new GatewayCaller(e.Connection.Account, e.Connection.Region, e.RequestId, e.Time, e.Connection.Endpoint, e.Arn);
        var caller = await origin.FindAsync(roles.FirstOrDefault(), integration.CredentialsArn, cancel);
        return caller.Succeeded
            ? await port.InvokeAsync(FunctionUri.Resolve(function, e.StageVariables), payload, caller.Value, cancel)
            : caller.Error;
    }

    private ReadOnlyMemory<byte>? Render(string template, ReadOnlyMemory<byte> body, SocketEvent e, ContextVariables variables, out string? wrong)
    {
        wrong = null;
        try
        {
            var input = new TemplateInput(Encoding.UTF8.GetString(body.Span), new Dictionary<string, string>(), Last(e.Query), Last(e.Headers));
            return Encoding.UTF8.GetBytes(MappingTemplate.Render(template, input, TemplateContext.Make(variables), e.StageVariables));
        }
        catch (VelocityException exception)
        {
            Log.TemplateFailed(log, e.RequestId, e.Connection.ApiId, exception.Message);
            wrong = "A mapping template failed.";
            return null;
        }
    }

    private static Dictionary<string, string> Last(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var last = new Dictionary<string, string>();
        foreach (var (name, value) in pairs)
        {
            last[name] = value;
        }

        return last;
    }

    private static int MockStatus(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("statusCode", out var status)
                && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code) && code is >= 200 and <= 599 ? code : 500;
        }
        catch (JsonException)
        {
            return 500;
        }
    }

    // Keys are regular expressions between slashes.
    private static bool Matches(string key, string status)
    {
        try
        {
            return Regex.IsMatch(status, $@"\A(?:{key.Trim('/')})\z", RegexOptions.CultureInvariant, s_patience);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            return false;
        }
    }
}
