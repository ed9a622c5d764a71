using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Keys;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>
/// Puts an API key into a usage plan.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlanKey.html"/>
/// </summary>
internal sealed class CreateUsagePlanKey(RestTable apis, KeyPlans plans) : IHandler<CreateUsagePlanKeyInput, UsagePlanKey>
{
    public async ValueTask<Outcome<UsagePlanKey>> HandleAsync(CreateUsagePlanKeyInput input, CallContext context, CancellationToken cancel)
    {
        if (input.KeyType != "API_KEY")
        {
            throw RestFaults.BadRequest("Invalid key type specified. Must be API_KEY");
        }

        var added = await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var plan = PlanTable.Own(current, input.UsagePlanId, context);
            var key = ApiKeyRules.Own(current, input.KeyId, context);
            PlanTable.AddKey(current, batch, context, plan, key.Id!);
            return PlanTable.View(key);
        });
        plans.Changed();
        return added;
    }
}
