using System.Globalization;
using System.Text.Json;
using Haneul.Kernel.Identity;
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
internal sealed class EventDestinations(IServiceProvider services, ExecutionRoles roles, TimeProvider time, IIdSource ids, ILogger<EventDestinations> log)
{
    // Asked for late: the invoker needs the modules, this one among them.
    private readonly Lazy<IOperationInvoker> _invoker = new(() => (IOperationInvoker)services.GetService(typeof(IOperationInvoker))!);

    public async Task SendAsync(
        FunctionReference reference, VersionRecord version, string? destination, EventRecord record, string condition, Dispatched? result)
    {
        if (destination is null)
        {
            return;
        }

        var context = new CallContext
        {
            Principal = Principal.Service("lambda.amazonaws.com", AccountId.Parse(reference.Account)),
            Region = Region.TryParse(reference.Region, out var region) ? region : Region.Default,
            RequestId = ids.NewUuid(),
            Time = time.GetUtcNow(),
            SourceArn = reference.Arn,
            SourceAccount = reference.Account,
        };
        if (await roles.IssueAsync(version.Role, reference, context, CancellationToken.None) is { } credential)
        {
            context = new CallContext
            {
                Principal = credential.Principal, Region = context.Region, RequestId = context.RequestId, Time = context.Time, SourceArn = context.SourceArn,
                SourceAccount = context.SourceAccount,
            };
        }

        var sent = await _invoker.Value.InvokeAsync(
            LambdaOperations.Invoke,
            new InvokeInput { FunctionName = destination, InvocationType = InvocationType.Event, Payload = Describe(reference, record, condition, result) },
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
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", record.RequestId);
            json.WriteString("functionArn", (reference with { Qualifier = reference.Qualifier ?? FunctionReference.Latest }).QualifiedArn);
            json.WriteString("condition", condition);
            json.WriteNumber("approximateInvokeCount", record.Attempts);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload");
            json.WriteRawValue(record.Payload);
            if (result is not null)
            {
                json.WriteStartObject("responseContext");
                json.WriteNumber("statusCode", 200);
                json.WriteString("executedVersion", result.Version);
                if (result.Result.FunctionError is { } error)
                {
                    json.WriteString("functionError", error);
                }

                json.WriteEndObject();
                json.WritePropertyName("responsePayload");
                WriteAnswer(json, result.Result.Payload.Span);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
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
