using Haneul.Compute;
using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Invocations;

/// <summary>Finds the version that an invocation means, takes a place for it and runs it.</summary>
internal sealed class Dispatcher(FunctionTable functions, FunctionRunner runner, ConcurrencyGate gate, IIdSource ids, ILogger<Dispatcher> log)
{
    /// <summary>The version that would run. An alias with two versions picks one by its weight.</summary>
    public Outcome<VersionRecord> Route(FunctionReference reference)
    {
        var partition = functions.Of(reference);
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

    /// <summary>Runs an invocation to its end.</summary>
    public async Task<Outcome<Dispatched>> RunAsync(FunctionReference reference, VersionRecord version, Invocation invocation, CallContext context)
    {
        var partition = functions.Of(reference);
        var reserved = FunctionTable.Function(partition, reference.Name)?.ReservedConcurrency;
        var entered = gate.Enter(reference, reserved, Concurrency.ReservedPlaces.OfAll(partition));
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        using (entered.Value)
        {
            try
            {
                return new Dispatched(await runner.RunAsync(reference, version, invocation, context), version.Version);
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

    /// <summary>An id for tracing a call through services.</summary>
    public string NewTraceId(DateTimeOffset time) =>
        $"Root=1-{time.ToUnixTimeSeconds():x8}-{ids.NewString(24, RandomIdSource.Hex)};Parent={ids.NewString(16, RandomIdSource.Hex)};Sampled=0";
}

/// <summary>What became of an invocation, and the version that ran.</summary>
internal sealed record Dispatched(InvocationResult Result, string Version);
