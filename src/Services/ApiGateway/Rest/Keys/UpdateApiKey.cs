using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>
/// Changes an API key.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateApiKey-Patch"/>
/// </summary>
internal sealed class UpdateApiKey(RestTable apis, KeyPlans plans) : IHandler<UpdateApiKeyInput, ApiKey>
{
    private static readonly PatchTable<ApiKey> s_patch = new PatchTable<ApiKey>(PatchWords.Listed)
        .On("/description", "replace", static (key, step) => key.Description = ApiKeyRules.Description(step.Value))
        .On("/enabled", "replace", static (key, step) => key.Enabled = step.IsTrue)
        .On("/name", "replace", static (key, step) => key.Name = ApiKeyRules.Name(step.Value))
        .On("/customerId", "replace", static (key, step) => key.CustomerId = step.Text)
        .On("/stages", "add remove", ChangeStage);

    public async ValueTask<Outcome<ApiKey>> HandleAsync(UpdateApiKeyInput input, CallContext context, CancellationToken cancel)
    {
        var changed = await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var key = ApiKeyRules.Own(current, input.ApiKey, context);
            s_patch.Apply(key, input.PatchOperations);
            key.LastUpdatedDate = context.Time;
            ApiKeyRules.Put(batch, key, context);
            return key;
        });
        plans.Changed();
        return ApiKeyRules.View(changed, withValue: false, withTags: true);
    }

    private static void ChangeStage(ApiKey key, PatchStep step)
    {
        if (step.Value?.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            throw RestFaults.BadRequest("Invalid stage key specified");
        }

        var stages = key.StageKeys?.ToList() ?? [];
        stages.Remove(step.Value);
        if (step.IsAdd)
        {
            stages.Add(step.Value);
        }

        key.StageKeys = stages;
    }
}
