using System.Runtime.InteropServices;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Invocations;

/// <summary>
/// Counts invocations that run now and refuses those above the limits.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"/>
/// </summary>
internal sealed class ConcurrencyGate
{
    /// <summary>How many may run at once in an account and region.</summary>
    public const int AccountLimit = 1000;

    /// <summary>How many of them no function can reserve.</summary>
    public const int MinUnreserved = 100;

    // What runs now is a matter of this process: nothing of it outlives a restart.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);

    /// <summary>Takes a place for one invocation; disposing gives it back.</summary>
    /// <param name="function">The function.</param>
    /// <param name="reserved">How many places are reserved for it alone.</param>
    /// <param name="reservedByAll">How many places all functions of the account have reserved.</param>
    public Outcome<Place> Enter(FunctionReference function, int? reserved, int reservedByAll)
    {
        var key = reserved is null ? $"{function.Account}/{function.Region}" : function.Arn;
        var limit = reserved ?? AccountLimit - reservedByAll;
        lock (_lock)
        {
            ref var running = ref CollectionsMarshal.GetValueRefOrAddDefault(_running, key, out _);
            if (running >= limit)
            {
                return Throttled(reserved is null ? ThrottleReason.ConcurrentInvocationLimitExceeded : ThrottleReason.ReservedFunctionConcurrentInvocationLimitExceeded);
            }

            running++;
            return new Place(this, key);
        }
    }

    private static ServiceError Throttled(string reason) =>
        LambdaErrors.TooManyRequestsException.With("Rate Exceeded.", new TooManyRequestsException { Reason = reason });

    private void Leave(string key)
    {
        lock (_lock)
        {
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_running, key, out _) == 0)
            {
                _running.Remove(key);
            }
        }
    }

    internal sealed class Place(ConcurrencyGate gate, string key) : IDisposable
    {
        public void Dispose() => gate.Leave(key);
    }
}
