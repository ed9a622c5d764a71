using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Takes an API key out of a usage plan, with what was counted for it.</summary>
internal sealed class DeleteUsagePlanKey(RestTable apis, KeyPlans plans, UsageMeter meter) : IHandler<DeleteUsagePlanKeyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteUsagePlanKeyInput input, CallContext context, CancellationToken cancel)
    {
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            PlanTable.Own(current, input.UsagePlanId, context);
            if (!PlanTable.HasKey(current, context, input.UsagePlanId, input.KeyId))
            {
                throw RestFaults.NotFound("Invalid API Key identifier specified");
            }

            PlanTable.RemoveKey(batch, context, input.UsagePlanId, input.KeyId);
            return true;
        });
        plans.Changed();
        meter.Drop(input.UsagePlanId, input.KeyId);
        return Unit.Value;
    }
}
