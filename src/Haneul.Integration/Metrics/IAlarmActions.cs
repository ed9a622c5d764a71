using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Integration.Metrics;

/// <summary>Carries out actions of alarms. Implemented by services whose resources may stand in an alarm's list of actions.</summary>
public interface IAlarmActions
{
    /// <summary>Whether the action is one of this service's, by the form of its ARN.</summary>
    bool Owns(Arn action);

    /// <summary>The action runs every minute while the alarm stays in its state, not only when it enters it.</summary>
    bool Repeats => false;

    /// <param name="action">The ARN in the alarm's list.</param>
    /// <param name="alarm">The alarm and its new state.</param>
    /// <param name="origin">The call of CloudWatch.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<Outcome<Unit>> RunAsync(Arn action, AlarmNotice alarm, CallContext origin, CancellationToken cancel);
}

/// <param name="Name">The alarm's name.</param>
/// <param name="State">OK, ALARM or INSUFFICIENT_DATA.</param>
/// <param name="Threshold">What it compares with, if it watches a metric.</param>
/// <param name="Value">The newest value that was compared, if there was one.</param>
/// <param name="Event">The change as CloudWatch tells it, JSON in UTF-8.</param>
public sealed record AlarmNotice(string Name, string State, double? Threshold, double? Value, ReadOnlyMemory<byte> Event);
