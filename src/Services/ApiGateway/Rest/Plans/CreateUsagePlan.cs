using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>
/// Creates a usage plan.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlan.html"/>
/// </summary>
internal sealed class CreateUsagePlan(RestTable apis, KeyPlans plans, IIdSource ids) : IHandler<CreateUsagePlanInput, UsagePlan>
{
    public async ValueTask<Outcome<UsagePlan>> HandleAsync(CreateUsagePlanInput input, CallContext context, CancellationToken cancel)
    {
        var plan = new UsagePlan
        {
            Id = Texts.NewId(ids),
            Name = input.Name,
            Description = Texts.NullIfEmpty(input.Description),
            ApiStages = input.ApiStages ?? [],
            Throttle = input.Throttle,
            Quota = input.Quota,
            Tags = input.Tags is { Count: > 0 } tags ? TagRules.Check(tags) : null,
        };
        var created = await apis.Partition.UpdateAsync((plan, context), static (current, batch, state) =>
        {
            var (plan, context) = state;
            PlanRules.Check(current, plan, context);
            if (PlanTable.All(current, context).Count >= PlanRules.MostPlans)
            {
                throw RestFaults.LimitExceeded("Usage Plans limit exceeded");
            }

            PlanTable.Put(batch, plan, context);
            return plan;
        });
        plans.Changed();
        return PlanRules.View(created, withTags: false);
    }
}
