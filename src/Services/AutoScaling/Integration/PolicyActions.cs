using Haneul.AutoScaling.Policies;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.AutoScaling.Integration;

/// <summary>Scaling policies as actions of alarms: each minute while the alarm is in its state.</summary>
internal sealed class PolicyActions(ScalingTable scaling, TargetTracking tracking) : IAlarmActions
{
    private const string Kind = "scalingPolicy:";

    public bool Owns(Arn action) => action.Service == "autoscaling" && action.Resource.StartsWith(Kind, StringComparison.Ordinal);

    public bool Repeats => true;

    public async ValueTask<Outcome<Unit>> RunAsync(Arn action, AlarmNotice alarm, CallContext origin, CancellationToken cancel)
    {
        var arn = action.ToString();
        var (account, region) = (origin.Account, origin.Region);
        var policies = ScalingTable.List(scaling.Of(account, region), [AutoScalingKeyspace.Policies], PolicyJson.Default.PolicyRecord);
        if (policies.Find(policy => policy.Record.ArnIn(account, region) == arn) is not { Record: { } policy })
        {
            return Contracts.AutoScalingErrors.ObjectNotFoundException.With($"No scaling policy found: {arn}");
        }

        await tracking.RunAsync(account, region, policy, alarm, cancel);
        return Unit.Value;
    }
}
