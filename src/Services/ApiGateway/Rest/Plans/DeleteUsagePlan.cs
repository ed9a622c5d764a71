using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Deletes a usage plan that has no stages, with what was counted for it.</summary>
internal sealed class DeleteUsagePlan(RestTable apis, KeyPlans plans) : IHandler<DeleteUsagePlanInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteUsagePlanInput input, CallContext context, CancellationToken cancel)
    {
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var plan = PlanTable.Own(current, input.UsagePlanId, context);

            // Stages that are gone do not hold a plan.
            if (plan.ApiStages?.Any(stage => RestTable.FindStage(current, stage.ApiId!, stage.Stage!) is not null) == true)
            {
                throw RestFaults.BadRequest($"Cannot delete Usage Plan {plan.Id} because it is associated with API Stages");
            }

            batch.Delete(AccountTable.Key(ApiGatewayKeyspace.UsagePlans, context, plan.Id));
            batch.DeleteRange(KeyRange.Prefix(AccountTable.Key(ApiGatewayKeyspace.UsagePlanKeys, context, plan.Id)));
            batch.DeleteRange(KeyRange.Prefix(AccountTable.Key(ApiGatewayKeyspace.UsageCounts, context, plan.Id)));
            return true;
        });
        plans.Changed();
        return Unit.Value;
    }
}
