using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Targets;
using Haneul.Kernel.Identity;

namespace Haneul.AutoScaling.Activities;

/// <summary>Sets capacities as the service that scales, and remembers how it went.</summary>
internal sealed class Scaler(ScalingTable scaling, ScalableServices services, IIdSource ids, TimeProvider time)
{
    public const string AtMax = "AlreadyAtMaxCapacity";
    public const string AtMin = "AlreadyAtMinCapacity";

    /// <summary>The present capacity; null if the resource cannot be read.</summary>
    public async ValueTask<int?> ReadAsync(AccountId account, Region region, ScalingId what, CancellationToken cancel)
    {
        if (services.Find(what, out _) is not { } found)
        {
            return null;
        }

        var read = await found.Service.ReadAsync(what.Resource, what.Dimension, Context(account, region, what), cancel);
        return read.Succeeded ? read.Value.Value : null;
    }

    /// <returns>Whether the capacity was set.</returns>
    public async ValueTask<bool> SetAsync(AccountId account, Region region, ScalingId what, int capacity, string cause, CancellationToken cancel)
    {
        if (services.Find(what, out _) is not { } found)
        {
            return false;
        }

        var started = time.GetUtcNow();
        var outcome = await found.Service.SetAsync(what.Resource, what.Dimension, capacity, Context(account, region, what), cancel);
        var change = $"set {found.Dimension.Noun} to {capacity}";
        await ActivityTable.AddAsync(scaling.Of(account, region), new ActivityRecord
        {
            Id = ids.NewUuid(),
            What = what,
            Description = $"Setting {found.Dimension.Noun} to {capacity}.",
            Cause = cause,
            Started = started,
            Ended = time.GetUtcNow(),
            Status = outcome.Succeeded ? ScalingActivityStatusCode.Successful : ScalingActivityStatusCode.Failed,
            StatusMessage = outcome.Succeeded
                ? $"Successfully {change}. Change successfully fulfilled by {what.Namespace}."
                : $"Failed to {change}. Reason: {outcome.Error.Message ?? outcome.Error.Shape.Code}",
        });
        return outcome.Succeeded;
    }

    /// <summary>Remembers that a bound kept something from being scaled; once, however often it is tried.</summary>
    public async ValueTask NotScaledAsync(AccountId account, Region region, ScalingId what, string reason, int bound, string cause)
    {
        var partition = scaling.Of(account, region);
        if (ActivityTable.Last(partition, what) is { } last && last.NotScaled == reason && last.Bound == bound)
        {
            return;
        }

        var now = time.GetUtcNow();
        await ActivityTable.AddAsync(partition, new ActivityRecord
        {
            Id = ids.NewUuid(),
            What = what,
            Description = "Attempting to scale due to alarm triggered",
            Cause = cause,
            Started = now,
            Ended = now,
            Status = ScalingActivityStatusCode.Unfulfilled,
            NotScaled = reason,
            Bound = bound,
        });
    }

    private CallContext Context(AccountId account, Region region, ScalingId what) => new()
    {
        Principal = Principal.Service(TargetShapes.Principal(what.Namespace), account),
        Region = region,
        RequestId = ids.NewUuid(),
        Time = time.GetUtcNow(),
        SourceAccount = account.Value,
    };
}
