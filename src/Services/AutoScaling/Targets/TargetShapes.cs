using Haneul.AutoScaling.Contracts;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;

namespace Haneul.AutoScaling.Targets;

/// <summary>Scalable targets as operations show them.</summary>
internal static class TargetShapes
{
    /// <summary>The principal that scales resources of a service.</summary>
    public static string Principal(string serviceNamespace) => serviceNamespace + ".application-autoscaling.amazonaws.com";

    public static string RoleArn(CallContext context, IScalableDimensions service) => Arn.Of(
        "iam", "", context.Account, $"role/aws-service-role/{Principal(service.ServiceNamespace)}/{service.ServiceLinkedRole}").ToString();

    public static ScalableTarget Describe(TargetRecord target, string roleArn) => new()
    {
        ServiceNamespace = target.What.Namespace,
        ResourceId = target.What.Resource,
        ScalableDimension = target.What.Dimension,
        MinCapacity = target.Min,
        MaxCapacity = target.Max,
        RoleARN = roleArn,
        CreationTime = target.Created,
        ScalableTargetARN = target.Arn,
        SuspendedState = new SuspendedState
        {
            DynamicScalingInSuspended = target.InSuspended,
            DynamicScalingOutSuspended = target.OutSuspended,
            ScheduledScalingSuspended = target.ScheduledSuspended,
        },
    };
}
