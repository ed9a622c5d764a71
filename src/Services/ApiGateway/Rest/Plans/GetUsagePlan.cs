using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Shows a usage plan.</summary>
internal sealed class GetUsagePlan(RestTable apis) : IHandler<GetUsagePlanInput, UsagePlan>
{
    public ValueTask<Outcome<UsagePlan>> HandleAsync(GetUsagePlanInput input, CallContext context, CancellationToken cancel) =>
        new(PlanRules.View(PlanTable.Own(apis.Partition, input.UsagePlanId, context), withTags: true));
}
