using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Lists the API keys of a usage plan. A plan that is not there has none, as AWS sees it.</summary>
internal sealed class GetUsagePlanKeys(RestTable apis) : IHandler<GetUsagePlanKeysInput, GetUsagePlanKeysOutput>
{
    public ValueTask<Outcome<GetUsagePlanKeysOutput>> HandleAsync(GetUsagePlanKeysInput input, CallContext context, CancellationToken cancel)
    {
        var keys = PlanTable.Keys(apis.Partition, context, input.UsagePlanId).FindAll(key =>
            string.IsNullOrEmpty(input.NameQuery) || key.Name?.StartsWith(input.NameQuery, StringComparison.Ordinal) == true);
        var (page, position) = RestPage.Of(keys, static key => key.Id!, input.Limit, input.Position);
        return new(new GetUsagePlanKeysOutput { Items = [.. page.Select(PlanTable.View)], Position = position });
    }
}
