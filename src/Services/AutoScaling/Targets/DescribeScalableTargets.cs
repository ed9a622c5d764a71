using Haneul.AutoScaling.Contracts;
using Haneul.Integration.Scaling;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.AutoScaling.Targets;

/// <summary>Lists scalable targets of a service, 50 a page.</summary>
internal sealed class DescribeScalableTargets(ScalingTable scaling, IEnumerable<IScalableDimensions> services)
    : IHandler<DescribeScalableTargetsInput, DescribeScalableTargetsOutput>
{
    public ValueTask<Outcome<DescribeScalableTargetsOutput>> HandleAsync(
        DescribeScalableTargetsInput input, CallContext context, CancellationToken cancel)
    {
        var prefix = AutoScalingKeyspace.Key(AutoScalingKeyspace.Targets, input.ServiceNamespace);
        var found = ScalingTable.List(scaling.Of(context), prefix, TargetJson.Default.TargetRecord)
            .Where(target => (input.ResourceIds is not { Count: > 0 } wanted || wanted.Contains(target.Record.What.Resource))
                && (input.ScalableDimension is null || input.ScalableDimension == target.Record.What.Dimension))
            .ToList();
        if (ScalingPage<TargetRecord>.Cut(found, input.MaxResults, input.NextToken, out var error) is not { } page)
        {
            return new(error!);
        }

        return new(new DescribeScalableTargetsOutput
        {
            ScalableTargets = [.. page.Items.Select(target => TargetShapes.Describe(
                target, TargetShapes.RoleArn(context, services.First(service => service.ServiceNamespace == target.What.Namespace))))],
            NextToken = page.Next,
        });
    }
}
