using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Keys;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Shows an API key of a usage plan.</summary>
internal sealed class GetUsagePlanKey(RestTable apis) : IHandler<GetUsagePlanKeyInput, UsagePlanKey>
{
    public ValueTask<Outcome<UsagePlanKey>> HandleAsync(GetUsagePlanKeyInput input, CallContext context, CancellationToken cancel)
    {
        PlanTable.Own(apis.Partition, input.UsagePlanId, context);
        return PlanTable.HasKey(apis.Partition, context, input.UsagePlanId, input.KeyId)
            ? new(PlanTable.View(ApiKeyRules.Own(apis.Partition, input.KeyId, context)))
            : throw RestFaults.NotFound("Invalid API Key identifier specified");
    }
}
