using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Integrations;
using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// Asks functions whether requests may pass. The function's policy is kept by identity and evaluated anew for each method, so that leave for one is
/// no leave for another; yes or no (simple responses) is kept for all routes, as on AWS.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html"/>
/// </summary>
internal sealed class LambdaAuthorizers(
    IEnumerable<IFunctions> functions, IEnumerable<IRoles> roles, TimeProvider time, ILogger<LambdaAuthorizers> log)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TokenPatterns _patterns = new();

    public AuthorizerCache Cache { get; } = new(time);

    /// <param name="authorizer">Whom to ask.</param>
    /// <param name="call">About what.</param>
    /// <param name="cancel">The client has gone.</param>
    public async ValueTask<AuthorizerVerdict> AuthorizeAsync(LambdaAuthorizer authorizer, AuthorizerCall call, CancellationToken cancel)
    {
        var identity = new List<string>(authorizer.Sources.Count);
        var keyText = new StringBuilder();
        foreach (var source in authorizer.Sources)
        {
            var values = source.Find(call);
            if (values.Count == 0 || values.All(string.IsNullOrWhiteSpace))
            {
                return AuthorizerVerdict.Unauthorized with { Reason = $"The identity source {source.Name} is missing." };
            }

            foreach (var value in values)
            {
                keyText.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
            }

            keyText.Append(';');
            identity.Add(string.Join(',', values));
        }

        if (authorizer.Event == AuthorizerEvent.Token && (identity.Count == 0 || !_patterns.Matches(authorizer.ValidationExpression, identity[0])))
        {
            return AuthorizerVerdict.Unauthorized with { Reason = "The token does not match the validation expression." };
        }

        var caches = authorizer.Ttl > TimeSpan.Zero && authorizer.Sources.Count > 0;
        var key = new AuthorizerCacheKey(call.ApiId, call.Stage, Fingerprint(authorizer), keyText.ToString());
        if (caches && Cache.Find(key) is { } kept)
        {
            return kept.Decide(call);
        }

        var flushes = Cache.Flushes;
        var started = time.GetTimestamp();
        var (answer, verdict) = await AskAsync(authorizer, call, identity, cancel);
        var latency = time.GetElapsedTime(started);
        if (answer is null)
        {
            Log.NotAuthorized(log, call.RequestId, call.ApiId, authorizer.Id, verdict!.Reason);
            return verdict with { Latency = latency };
        }

        if (caches)
        {
            Cache.Put(key, answer, authorizer.Ttl, flushes);
        }

        return answer.Decide(call) with { Latency = latency };
    }

    private async ValueTask<(LambdaAnswer? Answer, AuthorizerVerdict? Verdict)> AskAsync(
        LambdaAuthorizer authorizer, AuthorizerCall call, List<string> identity, CancellationToken cancel)
    {
        if (functions.FirstOrDefault() is not { } port || FunctionUri.Parse(authorizer.Uri) is not { } function)
        {
            return (null, AuthorizerVerdict.Failure("The authorizer names no function that is here."));
        }

        using var timeout = new CancellationTokenSource(authorizer.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var source = $"arn:aws:execute-api:{call.Region}:{call.Account}:{call.ApiId}/authorizers/{authorizer.Id}";
            var origin = new GatewayCaller(call.Account, call.Region, call.RequestId, call.Time, call.Endpoint, source);
            var caller = await origin.FindAsync(roles.FirstOrDefault(), authorizer.CredentialsArn, either.Token);
            if (!caller.Succeeded)
            {
                return (null, AuthorizerVerdict.Failure($"{caller.Error.Shape.Name}: {caller.Error.Message}"));
            }

            var arn = FunctionUri.Resolve(function, call.StageVariables);
            var outcome = await port.InvokeAsync(arn, Event(authorizer, call, identity), caller.Value, either.Token);
            if (!outcome.Succeeded)
            {
                return (null, AuthorizerVerdict.Failure($"{outcome.Error.Shape.Name}: {outcome.Error.Message}"));
            }

            if (outcome.Value.FunctionError is not null)
            {
                // The one error that functions have a word for.
                return (null, IsUnauthorized(outcome.Value.Payload)
                    ? AuthorizerVerdict.Unauthorized with { Reason = "The authorizer's function ended with Unauthorized." }
                    : AuthorizerVerdict.Failure("The authorizer's function failed."));
            }

            return LambdaAnswer.Parse(outcome.Value.Payload, authorizer.SimpleResponses, authorizer.AllowsNestedContext) is { } answer
                ? (answer, null)
                : (null, new AuthorizerVerdict(AuthorizerDecision.Misconfigured) { Reason = "The authorizer's answer has not the form that it needs." });
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return (null, AuthorizerVerdict.Failure("The authorizer's function took too long."));
        }
    }

    private static ReadOnlyMemory<byte> Event(LambdaAuthorizer authorizer, AuthorizerCall call, List<string> identity)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            switch (authorizer.Event)
            {
                case AuthorizerEvent.Token:
                    json.WriteString("type", "TOKEN");
                    json.WriteString("methodArn", call.MethodArn);
                    json.WriteString("authorizationToken", identity[0]);
                    break;
                case AuthorizerEvent.Request:
                    json.WriteString("type", "REQUEST");
                    json.WriteString("methodArn", call.MethodArn);
                    call.WriteRequest(json);
                    break;
                case AuthorizerEvent.HttpOne:
                    json.WriteString("version", "1.0");
                    json.WriteString("type", "REQUEST");
                    json.WriteString("methodArn", call.MethodArn);
                    json.WriteString("identitySource", string.Join(',', identity));
                    json.WriteString("authorizationToken", string.Join(',', identity));
                    call.WriteRequest(json);
                    break;
                default:
                    json.WriteString("version", "2.0");
                    json.WriteString("type", "REQUEST");
                    json.WriteString("routeArn", call.MethodArn);
                    if (identity.Count == 0)
                    {
                        json.WriteNull("identitySource");
                    }
                    else
                    {
                        json.WriteStartArray("identitySource");
                        identity.ForEach(json.WriteStringValue);
                        json.WriteEndArray();
                    }

                    call.WriteRequest(json);
                    break;
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static bool IsUnauthorized(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errorMessage", out var message)
                && message.ValueKind == JsonValueKind.String && message.ValueEquals("Unauthorized");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Fingerprint(LambdaAuthorizer authorizer) =>
        $"{authorizer.Id}|{authorizer.Event}|{authorizer.Uri}|{authorizer.CredentialsArn}|{authorizer.Ttl.TotalSeconds}|{authorizer.SimpleResponses}|"
        + string.Join(',', authorizer.Sources);
}
