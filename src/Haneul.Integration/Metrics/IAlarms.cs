using Haneul.Kernel.Identity;

namespace Haneul.Integration.Metrics;

/// <summary>Alarms that a service keeps for itself in a customer's account. Implemented by CloudWatch.</summary>
public interface IAlarms
{
    /// <summary>Makes the alarms or changes them, all or none; their states stay.</summary>
    ValueTask PutAsync(AccountId account, Region region, IReadOnlyList<AlarmDefinition> alarms, CancellationToken cancel);

    /// <summary>Deletes the alarms that are there.</summary>
    ValueTask DeleteAsync(AccountId account, Region region, IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Those of the names that are alarms.</summary>
    ValueTask<IReadOnlySet<string>> ExistingAsync(AccountId account, Region region, IReadOnlyList<string> names, CancellationToken cancel);
}

/// <param name="Name">The alarm's name.</param>
/// <param name="Description">A sentence for its reader.</param>
/// <param name="Metric">What it watches; the times are not looked at.</param>
/// <param name="Statistic">Such as <c>Sum</c>.</param>
/// <param name="Comparison">CloudWatch's word, such as <c>GreaterThanThreshold</c>.</param>
/// <param name="Threshold">What the statistic is compared with.</param>
/// <param name="EvaluationPeriods">How many periods in a row must breach it.</param>
/// <param name="Action">The ARN to call in the state ALARM.</param>
public sealed record AlarmDefinition(
    string Name,
    string Description,
    MetricQuery Metric,
    string Statistic,
    string Comparison,
    double Threshold,
    int EvaluationPeriods,
    string Action);
