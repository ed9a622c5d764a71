using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>Deletes an API key, and takes it out of its usage plans.</summary>
internal sealed class DeleteApiKey(RestTable apis, KeyPlans plans) : IHandler<DeleteApiKeyInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteApiKeyInput input, CallContext context, CancellationToken cancel)
    {
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var key = ApiKeyRules.Own(current, input.ApiKey, context);
            batch.Delete(AccountTable.Key(ApiGatewayKeyspace.ApiKeys, context, key.Id));
            batch.Delete(AccountTable.Key(ApiGatewayKeyspace.ApiKeyValues, context, key.Value));
            foreach (var plan in PlanTable.All(current, context))
            {
                PlanTable.RemoveKey(batch, context, plan.Id!, key.Id!);
            }

            return true;
        });
        plans.Changed();
        return Unit.Value;
    }
}
