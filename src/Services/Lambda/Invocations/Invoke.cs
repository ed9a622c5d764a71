using System.Text;
using System.Text.Json;
using Haneul.Compute;
using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Invocations;

/// <summary>Invokes a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></summary>
internal sealed class Invoke(FunctionTable functions, FunctionRunner runner, ConcurrencyGate gate, IIdSource ids, ILogger<Invoke> log)
    : IHandler<InvokeInput, InvokeOutput>
{
    public const int MaxPayload = 6_291_456;

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

        var partition = functions.Of(reference);
        var found = Route(partition, reference);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (input.InvocationType == InvocationType.DryRun)
        {
            return new InvokeOutput { StatusCode = 204 };
        }

        if (input.InvocationType == InvocationType.Event)
        {
            return ConfigurationRules.Unsupported("InvocationType Event", "Invoke");
        }

        var function = FunctionTable.Function(partition, reference.Name)!;
        var entered = gate.Enter(reference, function.ReservedConcurrency, Concurrency.ReservedPlaces.OfAll(partition));
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        // The function runs on if the caller goes away.
        return await RunAsync(reference, found.Value, input, context, entered.Value).WaitAsync(cancel);
    }

    private async Task<Outcome<InvokeOutput>> RunAsync(
        FunctionReference reference, VersionRecord version, InvokeInput input, CallContext context, ConcurrencyGate.Place place)
    {
        using (place)
        {
            var invocation = new Invocation(context.RequestId, input.Payload is { Length: > 0 } payload ? payload : "{}"u8.ToArray())
            {
                InvokedArn = reference.QualifiedArn,
                ClientContext = input.ClientContext is { } client ? Encoding.UTF8.GetString(Convert.FromBase64String(client)) : null,
                TraceId = context.Header("x-amzn-trace-id") ?? NewTraceId(context),
            };
            try
            {
                var result = await runner.RunAsync(reference, version, invocation, context);
                return new InvokeOutput
                {
                    StatusCode = 200,
                    ExecutedVersion = version.Version,
                    FunctionError = result.FunctionError,
                    Payload = result.Payload,
                    LogResult = input.LogType == LogType.Tail ? Convert.ToBase64String(result.LogTail.Span) : null,
                };
            }
            catch (SandboxException exception)
            {
                Log.RunFailed(log, reference.Arn, exception);
                return LambdaErrors.ServiceException.With("Haneul cannot run functions on this machine: " + exception.Message);
            }
            catch (ServiceException exception)
            {
                return exception.Error;
            }
        }
    }

    // An alias with two versions picks one by its weight.
    private Outcome<VersionRecord> Route(Storage.IPartition partition, FunctionReference reference)
    {
        if (reference.Qualifier is { } qualifier && qualifier != FunctionReference.Latest && !FunctionTable.IsNumber(qualifier)
            && FunctionTable.Alias(partition, reference.Name, qualifier) is { OtherVersion: { } other } alias)
        {
            Span<byte> dice = stackalloc byte[4];
            ids.Fill(dice);
            var chosen = BitConverter.ToUInt32(dice) / (double)uint.MaxValue < alias.OtherWeight ? other : alias.Version;
            return FunctionTable.Find(partition, reference with { Qualifier = chosen });
        }

        return FunctionTable.Find(partition, reference);
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
            if (payload.Length > MaxPayload)
            {
                return LambdaErrors.RequestTooLargeException.With($"Request must be smaller than {MaxPayload} bytes for the InvokeFunction operation");
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

    private string NewTraceId(CallContext context) =>
        $"Root=1-{context.Time.ToUnixTimeSeconds():x8}-{ids.NewString(24, RandomIdSource.Hex)};Parent={ids.NewString(16, RandomIdSource.Hex)};Sampled=0";
}
