using System.Globalization;
using System.Text;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>Takes a request through its integration: mapped, asked within the timeout, and the answer mapped back.</summary>
internal sealed class IntegrationRunner(
    RequestMapping requests,
    ResponseMapping responses,
    MockIntegration mock,
    HttpIntegration http,
    FunctionProxyIntegration proxy,
    FunctionIntegration function,
    ServiceIntegration service,
    TimeProvider time)
{
    /// <summary>In milliseconds; the longest too, unless the account's quota was raised.</summary>
    public const int DefaultTimeout = 29_000;

    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, CancellationToken client)
    {
        if (call.Method.MethodIntegration is not { } integration)
        {
            call.Log?.Error("Execution failed due to configuration error: No integration defined for method");
            return GatewayFault.Configuration;
        }

        if (requests.Map(call, out var fault) is not { } request)
        {
            return fault!;
        }

        var runner = Runner(integration.Type, request.Uri);
        if (integration.Type != "MOCK")
        {
            LogRequest(call, request);
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(integration.TimeoutInMillis ?? DefaultTimeout), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, client);
        var started = time.GetTimestamp();
        IntegrationOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(call, request, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            call.Log?.Error("Execution failed due to a timeout error");
            outcome = GatewayFault.Timeout;
        }

        call.IntegrationLatency = time.GetElapsedTime(started);
        call.IntegrationStatus ??= outcome.Answer?.Status;
        if (integration.Type != "MOCK" && call.IntegrationStatus is not null)
        {
            LogAnswer(call, outcome.Answer);
        }

        if (call.IntegrationError is { } error)
        {
            call.Context["integrationErrorMessage"] = call.Context["integration.error"] = error;
            call.Log?.Error(error);
        }

        if (outcome.Answer is not { } answer)
        {
            return outcome;
        }

        return Finish(call, integration.Type, runner, answer);
    }

    private IIntegration Runner(string? type, string uri) => type switch
    {
        "MOCK" => mock,
        "HTTP" or "HTTP_PROXY" => http,
        "AWS_PROXY" => proxy,
        _ => uri.Contains(":lambda:path/", StringComparison.Ordinal) ? function : service,
    };

    private IntegrationOutcome Finish(RestCall call, string? type, IIntegration runner, RestAnswer answer)
    {
        if (type is not ("AWS_PROXY" or "HTTP_PROXY"))
        {
            var selection = (runner is FunctionIntegration ? FunctionIntegration.ErrorMessage(answer) : null)
                ?? answer.Status.ToString(CultureInfo.InvariantCulture);
            var mapped = responses.Map(call, answer, selection);
            if (mapped.Answer is not { } own)
            {
                return mapped;
            }

            answer = own;
        }
        else if (type == "HTTP_PROXY" && !call.Site.Binary.Has(answer.Header("Content-Type")) && !call.Site.Binary.Has(call.Header("Accept")))
        {
            answer = answer with { Body = ContentHandling.Response(answer.Body, isBinary: false, accepted: false, handling: null)!.Value };
        }

        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in answer.Headers)
        {
            if (HeaderRules.ToClient(name) is { } shown)
            {
                headers.Add(new(shown, value));
            }
        }

        // Mocks and HTTP proxies answer without.
        if (type is "AWS" or "AWS_PROXY" or "HTTP" && RestAnswer.Last(headers, "X-Amzn-Trace-Id") is null)
        {
            headers.Add(new("X-Amzn-Trace-Id", call.TraceId));
        }

        call.Log?.Data("Method response body after transformations: " + Encoding.UTF8.GetString(answer.Body.Span));
        call.Log?.Data("Method response headers: " + Map(headers));
        return answer with { Headers = headers };
    }

    private static void LogRequest(RestCall call, IntegrationRequest request)
    {
        if (call.Log is not { KeepsInfo: true } log)
        {
            return;
        }

        var uri = Endpoint(call, request.Uri);
        log.Data("Endpoint request URI: " + uri);
        log.Data("Endpoint request headers: " + Map(request.Headers));
        if (call.Integration.Type != "AWS_PROXY")
        {
            // A proxy's event is made by the integration, which logs it.
            log.Data("Endpoint request body after transformations: " + Encoding.UTF8.GetString(request.Body.Span));
            log.Info("Sending request to " + uri);
        }
    }

    private static void LogAnswer(RestCall call, RestAnswer? answer)
    {
        if (call.Log is not { KeepsInfo: true } log)
        {
            return;
        }

        log.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Received response. Status: {call.IntegrationStatus}, Integration latency: {call.IntegrationLatency!.Value.TotalMilliseconds:F0} ms"));
        log.Data("Endpoint response headers: " + Map(answer?.Headers ?? []));
        if ((call.EndpointBody ?? answer?.Body) is { } body)
        {
            log.Data("Endpoint response body before transformations: " + Encoding.UTF8.GetString(body.Span));
        }
    }

    /// <summary>An integration's URI as execution logs show it: a function's as the one of its invocations.</summary>
    public static string Endpoint(RestCall call, string uri) => ApiGateway.Integrations.FunctionUri.Parse(uri) is { } function
        ? $"https://lambda.{call.Region}.amazonaws.com/2015-03-31/functions/{function}/invocations"
        : uri;

    /// <summary>As Java prints a map: <c>{a=1, b=2}</c>. Signatures and tokens are not shown.</summary>
    public static string Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        "{" + string.Join(", ", pairs.Select(pair => $"{pair.Key}={(IsSecret(pair.Key) ? "*****" : pair.Value)}")) + "}";

    private static bool IsSecret(string name) =>
        name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase)
        || name.Equals("cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase);
}
