using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.AutoScaling;

/// <summary>Errors that several operations share.</summary>
internal static class ScalingFaults
{
    public static ServiceError Validation(string message) => AutoScalingErrors.ValidationException.With(message);

    public static ServiceError NoTarget(ScalingId what) =>
        AutoScalingErrors.ObjectNotFoundException.With($"No scalable target registered for {what}");

    public static ServiceError NoPolicy(ScalingId what, string name) =>
        AutoScalingErrors.ObjectNotFoundException.With($"No scaling policy found for {what}, policy name: {name}");

    public static ServiceError NoSchedule(ScalingId what, string name) =>
        AutoScalingErrors.ObjectNotFoundException.With($"No scheduled action found for {what}, scheduled action name: {name}");
}
