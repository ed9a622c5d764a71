using System.Globalization;
using System.Text.Json;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Events;

/// <summary>
/// Tells another function what became of an event, as the role of the function that had it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"/>
/// </summary>
internal sealed class EventDestinations(IServiceProvider services, ExecutionRoles roles, TimeProvider time, ILogger<EventDestinations> log)
{
    // Asked for late: the invoker needs the modules, this one among them.
    private readonly Lazy<IOperationInvoker> _invoker = new(() => (IOperationInvoker)services.GetService(typeof(IOperationInvoker))!);

    public Task SendAsync(
        FunctionReference reference, VersionRecord version, string? destination, EventRecord record, string condition,
        Dispatched? result) => destination is null
        ? Task.CompletedTask
        : SendAsync(reference, version.Role, destination, Describe(reference, record, condition, result));

    /// <summary>Hands a description of what became of an invocation to a function.</summary>
    public async Task SendAsync(FunctionReference reference, string role, string destination, byte[] payload)
    {
        var context = roles.Context(reference, await roles.IssueAsync(role, reference, roles.Context(reference), CancellationToken.None));
        var sent = await _invoker.Value.InvokeAsync(
            LambdaOperations.Invoke,
            new InvokeInput { FunctionName = destination, InvocationType = InvocationType.Event, Payload = payload },
            context,
            CancellationToken.None);
        if (!sent.Succeeded)
        {
            Log.DestinationFailed(log, destination, sent.Error.Message);
        }
    }

    private byte[] Describe(FunctionReference reference, EventRecord record, string condition, Dispatched? result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            WriteRequest(
                json, record.RequestId,
                (reference with { Qualifier = reference.Qualifier ?? FunctionReference.Latest }).QualifiedArn, condition, record.Attempts);
            json.WritePropertyName("requestPayload");
            json.WriteRawValue(record.Payload);
            if (result is not null)
            {
                WriteResponse(json, result);
                json.WritePropertyName("responsePayload");
                WriteAnswer(json, result.Result.Payload.Span);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void WriteRequest(Utf8JsonWriter json, string requestId, string functionArn, string condition, int attempts)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("requestId", requestId);
        json.WriteString("functionArn", functionArn);
        json.WriteString("condition", condition);
        json.WriteNumber("approximateInvokeCount", attempts);
        json.WriteEndObject();
    }

    public static void WriteResponse(Utf8JsonWriter json, Dispatched result)
    {
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", 200);
        json.WriteString("executedVersion", result.Version);
        if (result.Result.FunctionError is { } error)
        {
            json.WriteString("functionError", error);
        }

        json.WriteEndObject();
    }

    // Custom runtimes may answer with what is not JSON.
    private static void WriteAnswer(Utf8JsonWriter json, ReadOnlySpan<byte> answer)
    {
        try
        {
            json.WriteRawValue(answer);
        }
        catch (JsonException)
        {
            json.WriteStringValue(answer);
        }
    }
}
