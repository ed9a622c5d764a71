using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>
/// Creates an API key with a given or a new value.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html"/>
/// </summary>
internal sealed class CreateApiKey(RestTable apis, KeyPlans plans, IIdSource ids) : IHandler<CreateApiKeyInput, ApiKey>
{
    public async ValueTask<Outcome<ApiKey>> HandleAsync(CreateApiKeyInput input, CallContext context, CancellationToken cancel)
    {
        var value = ApiKeyRules.Value(input.Value, ids);
        var key = new ApiKey
        {
            // Keys once had no id but their value; who asks for that gets it.
            Id = input.GenerateDistinctId == false ? value : Texts.NewId(ids, 10),
            Value = value,
            Name = ApiKeyRules.Name(input.Name),
            Description = ApiKeyRules.Description(input.Description),
            CustomerId = Texts.NullIfEmpty(input.CustomerId),
            Enabled = input.Enabled ?? false,
            CreatedDate = context.Time,
            LastUpdatedDate = context.Time,
            StageKeys = [.. (input.StageKeys ?? []).Select(static stage => $"{stage.RestApiId}/{stage.StageName}")],
            Tags = input.Tags is { Count: > 0 } tags ? TagRules.Check(tags) : null,
        };
        var created = await apis.Partition.UpdateAsync((input, key, context), static (current, batch, state) =>
        {
            var (input, key, context) = state;
            foreach (var stage in input.StageKeys ?? [])
            {
                StageRules.Own(current, stage.RestApiId ?? "", stage.StageName ?? "", context);
            }

            ApiKeyRules.Add(current, batch, key, context);
            return key;
        });
        plans.Changed();
        return ApiKeyRules.View(created, withValue: true, withTags: false);
    }
}
