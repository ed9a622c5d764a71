using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>Lists usage plans: all, or those that a key is in.</summary>
internal sealed class GetUsagePlans(RestTable apis) : IHandler<GetUsagePlansInput, GetUsagePlansOutput>
{
    public ValueTask<Outcome<GetUsagePlansOutput>> HandleAsync(GetUsagePlansInput input, CallContext context, CancellationToken cancel)
    {
        var all = PlanTable.All(apis.Partition, context);
        if (input.KeyId is { } key)
        {
            all = all.FindAll(plan => PlanTable.HasKey(apis.Partition, context, plan.Id!, key));
        }

        var (page, position) = RestPage.Of(all, static plan => plan.Id!, input.Limit, input.Position);
        return new(new GetUsagePlansOutput { Items = [.. page.Select(static plan => PlanRules.View(plan, withTags: false))], Position = position });
    }
}
