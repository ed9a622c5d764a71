using System.Text;
using System.Text.Json;
using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Events;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Invocations;

/// <summary>Invokes a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></summary>
internal sealed class Invoke(Dispatcher dispatcher, EventQueue events) : IHandler<InvokeInput, InvokeOutput>
{
    public const int MaxPayload = 6_291_456;
    public const int MaxEvent = 1_048_576;

    public async ValueTask<Outcome<InvokeOutput>> HandleAsync(InvokeInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        if (Check(input) is { } error)
        {
            return error;
        }

        var found = dispatcher.Route(reference);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (input.InvocationType == InvocationType.DryRun)
        {
            return new InvokeOutput { StatusCode = 204 };
        }

        var invocation = new Invocation(context.RequestId, input.Payload is { Length: > 0 } payload ? payload : "{}"u8.ToArray())
        {
            InvokedArn = reference.QualifiedArn,
            ClientContext = input.ClientContext is { } client ? Encoding.UTF8.GetString(Convert.FromBase64String(client)) : null,
            TraceId = context.Header("x-amzn-trace-id") ?? dispatcher.NewTraceId(context.Time),
        };
        if (input.InvocationType == InvocationType.Event)
        {
            await events.AddAsync(reference, invocation);
            return new InvokeOutput { StatusCode = 202 };
        }

        // The function runs on if the caller goes away.
        var outcome = await dispatcher.RunAsync(reference, found.Value, invocation, context).WaitAsync(cancel);
        if (!outcome.Succeeded)
        {
            return outcome.Error;
        }

        var (result, version) = outcome.Value;
        return new InvokeOutput
        {
            StatusCode = 200,
            ExecutedVersion = version,
            FunctionError = result.FunctionError,
            Payload = result.Payload,
            LogResult = input.LogType == LogType.Tail ? Convert.ToBase64String(result.LogTail.Span) : null,
        };
    }

    private static ServiceError? Check(InvokeInput input)
    {
        if (input.DurableExecutionName is not null)
        {
            return ConfigurationRules.Unsupported("DurableExecutionName", "Invoke");
        }

        if (input.TenantId is not null)
        {
            return ConfigurationRules.Unsupported("TenantId", "Invoke");
        }

        if (input.Payload is { } payload)
        {
            var max = input.InvocationType == InvocationType.Event ? MaxEvent : MaxPayload;
            if (payload.Length > max)
            {
                return LambdaErrors.RequestTooLargeException.With($"Request must be smaller than {max} bytes for the InvokeFunction operation");
            }

            if (payload.Length > 0 && Malformed(payload.Span) is { } fault)
            {
                return LambdaErrors.InvalidRequestContentException.With("Could not parse request body into json: Could not parse payload into json: " + fault);
            }
        }

        return input.ClientContext is { } client && !IsBase64Json(client)
            ? LambdaErrors.InvalidRequestContentException.With("Client context must be a valid Base64-encoded JSON object.")
            : null;
    }

    private static string? Malformed(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    if (!System.Text.Unicode.Utf8.IsValid(reader.ValueSpan))
                    {
                        return "Invalid UTF-8";
                    }
                }
            }

            return null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsBase64Json(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 && bytes[0] == '{' && Malformed(bytes.AsSpan(0, length)) is null;
    }
}
