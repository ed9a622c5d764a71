using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>
/// Sets how many requests a key has left in the period that runs.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsage-Patch"/>
/// </summary>
internal sealed class UpdateUsage(RestTable apis, UsageMeter meter) : IHandler<UpdateUsageInput, UsageReport>
{
    private static readonly PatchTable<Wanted> s_patch = new PatchTable<Wanted>(PatchWords.Plain)
        .On("/remaining", "replace", static (wanted, step) => wanted.Remaining = step.Number);

    public async ValueTask<Outcome<UsageReport>> HandleAsync(UpdateUsageInput input, CallContext context, CancellationToken cancel)
    {
        var wanted = new Wanted();
        s_patch.Apply(wanted, input.PatchOperations);
        if (wanted.Remaining < 0)
        {
            throw RestFaults.BadRequest("Invalid remaining quota specified");
        }

        await meter.FlushAsync();
        var today = meter.Today();
        var key = new UsageKey(context.Account.Value, context.Region.Name, input.UsagePlanId, input.KeyId);
        var plan = await apis.Partition.UpdateAsync((key, wanted.Remaining, today, context), static (current, batch, state) =>
        {
            var (key, remaining, today, context) = state;
            var plan = PlanTable.Own(current, key.Plan, context);
            if (!PlanTable.HasKey(current, context, key.Plan, key.Key))
            {
                throw RestFaults.NotFound("Invalid API Key identifier specified");
            }

            if (plan.Quota?.Limit is not { } limit)
            {
                throw RestFaults.BadRequest("Usage Plan has no quota");
            }

            if (remaining is { } left)
            {
                var period = UsageTable.Sum(current, key, QuotaPeriod.Start(plan.Quota, today), today);
                var day = UsageTable.Read(current, key, today);
                batch.Put(UsageTable.Key(key, today), (day with { Extra = day.Extra + left - (limit + period.Extra - period.Used) }).Encode());
            }

            return plan;
        });
        meter.Forget(plan.Id!);
        var date = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new UsageReport
        {
            UsagePlanId = plan.Id,
            StartDate = date,
            EndDate = date,
            Items = new Dictionary<string, IReadOnlyList<IReadOnlyList<long>>>
            {
                [input.KeyId] = UsageView.Days(apis.Partition, key, plan, today, today),
            },
        };
    }

    private sealed class Wanted
    {
        public int? Remaining { get; set; }
    }
}
