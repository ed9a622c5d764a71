using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>
/// Changes a usage plan.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsagePlan-Patch"/>
/// </summary>
internal sealed class UpdateUsagePlan(RestTable apis, KeyPlans plans, UsageMeter meter) : IHandler<UpdateUsagePlanInput, UsagePlan>
{
    public async ValueTask<Outcome<UsagePlan>> HandleAsync(UpdateUsagePlanInput input, CallContext context, CancellationToken cancel)
    {
        var changed = await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var plan = PlanTable.Own(current, input.UsagePlanId, context);
            PlanPatch.Table.Apply(plan, input.PatchOperations is { } operations ? PlanPatch.Escape(operations) : null);
            PlanRules.Check(current, plan, context);
            PlanTable.Put(batch, plan, context);
            return plan;
        });
        plans.Changed();
        meter.Forget(changed.Id!);
        return PlanRules.View(changed, withTags: true);
    }
}
