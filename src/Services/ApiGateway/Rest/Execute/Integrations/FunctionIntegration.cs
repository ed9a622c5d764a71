using System.Text.Json;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Functions with mapping templates: the function gets the mapped body, and its answer is mapped. <c>X-Amz-Invocation-Type: Event</c> does not wait for
/// it. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html"/>
/// </summary>
internal sealed class FunctionIntegration(IEnumerable<IFunctions> functions, IntegrationCallers callers, ILogger<FunctionIntegration> log) : IIntegration
{
    private const string Json = "application/json";

    /// <summary>What integration responses are chosen by: the error message of a function that failed.</summary>
    public static string? ErrorMessage(RestAnswer answer)
    {
        if (answer.Header("X-Amz-Function-Error") is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errorMessage", out var message)
                && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel)
    {
        if (FunctionUri.Parse(request.Uri) is not { } function || functions.FirstOrDefault() is not { } port)
        {
            call.Log?.Error("Execution failed due to configuration error: Invalid permissions on Lambda function");
            return GatewayFault.Internal;
        }

        if (await callers.FindAsync(call, call.Integration.Credentials, cancel) is not { } caller)
        {
            return GatewayFault.Internal;
        }

        if (request.Header("X-Amz-Invocation-Type") == "Event")
        {
            var sent = await port.SendAsync(function, Payload(request), caller, cancel);
            return sent.Succeeded ? new RestAnswer(202, [], default) : Refused(call, sent.Error);
        }

        var outcome = await port.InvokeAsync(function, Payload(request), caller, cancel);
        if (!outcome.Succeeded)
        {
            return Refused(call, outcome.Error);
        }

        var headers = new List<KeyValuePair<string, string>>
        {
            new("Content-Type", Json),
            new("X-Amz-Executed-Version", outcome.Value.ExecutedVersion),
            new("X-Amzn-Trace-Id", call.TraceId),
        };
        if (outcome.Value.FunctionError is { } failed)
        {
            headers.Add(new("X-Amz-Function-Error", failed));
            call.Context["integrationErrorMessage"] = "The Lambda function returned an error";
        }

        return new RestAnswer(200, headers, outcome.Value.Payload);
    }

    private static ReadOnlyMemory<byte> Payload(IntegrationRequest request) => request.Body.Length == 0 ? "{}"u8.ToArray() : request.Body;

    // Lambda's own errors are answers with their status, but for what the API's owner has not allowed.
    private IntegrationOutcome Refused(RestCall call, Kernel.Errors.ServiceError error)
    {
        Log.NotCalled(log, call.RequestId, call.ApiId, $"{call.HttpMethod} {call.Resource.Path}", error.Shape.Name, error.Message);
        if (error.Shape.Status == 403)
        {
            call.Log?.Error("Execution failed due to configuration error: Invalid permissions on Lambda function");
            return GatewayFault.Internal;
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Message", error.Message);
            json.WriteEndObject();
        }

        return new RestAnswer(error.Shape.Status, [new("Content-Type", Json), new("x-amzn-ErrorType", error.Shape.Name)], buffer.WrittenMemory);
    }
}
