using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Policies;

/// <summary>Lists scaling policies of a service, 50 a page.</summary>
internal sealed class DescribeScalingPolicies(ScalingTable scaling) : IHandler<DescribeScalingPoliciesInput, DescribeScalingPoliciesOutput>
{
    public ValueTask<Outcome<DescribeScalingPoliciesOutput>> HandleAsync(
        DescribeScalingPoliciesInput input, CallContext context, CancellationToken cancel)
    {
        var prefix = AutoScalingKeyspace.Key(AutoScalingKeyspace.Policies, input.ServiceNamespace);
        var found = ScalingTable.List(scaling.Of(context), prefix, PolicyJson.Default.PolicyRecord)
            .Where(policy => (input.PolicyNames is not { Count: > 0 } names || names.Any(name => Named(policy.Record, name, context)))
                && (input.ResourceId is null || input.ResourceId == policy.Record.What.Resource)
                && (input.ScalableDimension is null || input.ScalableDimension == policy.Record.What.Dimension))
            .ToList();
        if (ScalingPage<PolicyRecord>.Cut(found, input.MaxResults, input.NextToken, out var error) is not { } page)
        {
            return new(error!);
        }

        return new(new DescribeScalingPoliciesOutput
        {
            ScalingPolicies = [.. page.Items.Select(policy => new ScalingPolicy
            {
                PolicyARN = policy.ArnIn(context.Account, context.Region),
                PolicyName = policy.Name,
                ServiceNamespace = policy.What.Namespace,
                ResourceId = policy.What.Resource,
                ScalableDimension = policy.What.Dimension,
                PolicyType = PolicyType.TargetTrackingScaling,
                TargetTrackingScalingPolicyConfiguration = policy.Tracking,
                Alarms = policy.Alarms(context.Account, context.Region),
                CreationTime = policy.Created,
            })],
            NextToken = page.Next,
        });
    }

    private static bool Named(PolicyRecord policy, string name, CallContext context) =>
        policy.Name == name || policy.ArnIn(context.Account, context.Region) == name;
}
