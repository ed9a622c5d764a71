using Haneul.AutoScaling.Activities;
using Haneul.AutoScaling.Contracts;
using Haneul.AutoScaling.Integration;
using Haneul.AutoScaling.Policies;
using Haneul.AutoScaling.Schedules;
using Haneul.AutoScaling.Tags;
using Haneul.AutoScaling.Targets;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.AutoScaling;

/// <summary>Application Auto Scaling: scalable targets, target tracking policies and scheduled actions.</summary>
public sealed class AutoScalingModule : IServiceModule
{
    private const string Prefix = "application-autoscaling:";

    public ServiceModel Model => AutoScalingOperations.Model;

    public ErrorShape ValidationError => AutoScalingErrors.ValidationException;

    public IReadOnlyList<string> Differences =>
    [
        "Tables and global indexes of DynamoDB can be scaled; other service namespaces are refused by name.",
        "A policy makes two alarms; the two that watch provisioned capacity on AWS are replaced by a look at it each minute.",
        "Customized metrics are single metrics, no expressions.",
        "Who registers a target must be able to describe the resource; permissions for CloudWatch's alarms are not asked for.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ScalingTable>().AddSingleton<ScalableServices>().AddSingleton<Scaler>();
        services.AddSingleton<PolicyAlarms>().AddSingleton<TargetTracking>().AddSingleton<IAlarmActions, PolicyActions>();
        services.AddSingleton<ScalingLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<ScalingLoop>());
    }

    public void Map(OperationTable operations)
    {
        operations.Map(AutoScalingOperations.DeleteScalingPolicy)
            .Needs(Prefix + "DeleteScalingPolicy", AnyTarget)
            .Keys((input, _, authorization) => Keys(authorization, input.ServiceNamespace, input.ScalableDimension))
            .Use<DeleteScalingPolicy>();
        operations.Map(AutoScalingOperations.DeleteScheduledAction)
            .Needs(Prefix + "DeleteScheduledAction", AnyTarget)
            .Keys((input, _, authorization) => Keys(authorization, input.ServiceNamespace, input.ScalableDimension))
            .Use<DeleteScheduledAction>();
        operations.Map(AutoScalingOperations.DeregisterScalableTarget)
            .Needs(Prefix + "DeregisterScalableTarget", AnyTarget)
            .Keys((input, _, authorization) => Keys(authorization, input.ServiceNamespace, input.ScalableDimension))
            .Use<DeregisterScalableTarget>();
        operations.Map(AutoScalingOperations.DescribeScalableTargets).Needs(Prefix + "DescribeScalableTargets").Use<DescribeScalableTargets>();
        operations.Map(AutoScalingOperations.DescribeScalingActivities).Needs(Prefix + "DescribeScalingActivities").Use<DescribeScalingActivities>();
        operations.Map(AutoScalingOperations.DescribeScalingPolicies).Needs(Prefix + "DescribeScalingPolicies").Use<DescribeScalingPolicies>();
        operations.Map(AutoScalingOperations.DescribeScheduledActions).Needs(Prefix + "DescribeScheduledActions").Use<DescribeScheduledActions>();
        operations.Map(AutoScalingOperations.ListTagsForResource)
            .Needs(Prefix + "ListTagsForResource", (input, _) => input.ResourceARN).Use<ListTagsForResource>();
        operations.Map(AutoScalingOperations.PutScalingPolicy)
            .Needs(Prefix + "PutScalingPolicy", AnyTarget)
            .Keys((input, _, authorization) => Keys(authorization, input.ServiceNamespace, input.ScalableDimension))
            .Use<PutScalingPolicy>();
        operations.Map(AutoScalingOperations.PutScheduledAction)
            .Needs(Prefix + "PutScheduledAction", AnyTarget)
            .Keys((input, _, authorization) => Keys(authorization, input.ServiceNamespace, input.ScalableDimension))
            .Use<PutScheduledAction>();
        operations.Map(AutoScalingOperations.RegisterScalableTarget)
            .Needs(Prefix + "RegisterScalableTarget", AnyTarget)
            .NeedsEach(Prefix + "TagResource", (input, context) => input.Tags is { Count: > 0 } ? [AnyTarget(input, context)] : [])
            .Keys((input, _, authorization) =>
            {
                Keys(authorization, input.ServiceNamespace, input.ScalableDimension);
                authorization.RequestTags(input.Tags);
            })
            .Use<RegisterScalableTarget>();
        operations.Map(AutoScalingOperations.TagResource)
            .Needs(Prefix + "TagResource", (input, _) => input.ResourceARN)
            .Keys((input, _, authorization) => authorization.RequestTags(input.Tags))
            .Use<TagResource>();
        operations.Map(AutoScalingOperations.UntagResource)
            .Needs(Prefix + "UntagResource", (input, _) => input.ResourceARN)
            .Keys((input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
    }

    // A call names what it scales, not the target's ARN.
    private static string AnyTarget<TInput>(TInput input, CallContext context) =>
        Arn.Of("application-autoscaling", context.Region.Name, context.Account, "scalable-target/*").ToString();

    private static void Keys(Authorization authorization, string serviceNamespace, string dimension)
    {
        authorization.Key(Prefix + "service-namespace", serviceNamespace);
        authorization.Key(Prefix + "scalable-dimension", dimension);
    }
}
