using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>
/// Shows what the keys of a usage plan used, day by day.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html"/>
/// </summary>
internal sealed class GetUsage(RestTable apis, UsageMeter meter) : IHandler<GetUsageInput, UsageReport>
{
    private const int MostDays = 90;

    public async ValueTask<Outcome<UsageReport>> HandleAsync(GetUsageInput input, CallContext context, CancellationToken cancel)
    {
        var first = Day(input.StartDate, "startDate");
        var last = Day(input.EndDate, "endDate");
        if (last < first || last.DayNumber - first.DayNumber > MostDays)
        {
            throw RestFaults.BadRequest(
                "Invalid date range specified. The end date must not be before the start date, nor more than 90 days after it.");
        }

        await meter.FlushAsync();
        using var snapshot = apis.Partition.Snapshot();
        var plan = PlanTable.Own(snapshot, input.UsagePlanId, context);
        var keys = PlanTable.Keys(snapshot, context, plan.Id!).FindAll(key => input.KeyId is null || key.Id == input.KeyId);
        if (input.KeyId is not null && keys.Count == 0)
        {
            throw RestFaults.NotFound("Invalid API Key identifier specified");
        }

        var (page, position) = RestPage.Of(keys, static key => key.Id!, input.Limit, input.Position);
        return new UsageReport
        {
            UsagePlanId = plan.Id,
            StartDate = input.StartDate,
            EndDate = input.EndDate,
            Position = position,
            Items = page.ToDictionary(static key => key.Id!, IReadOnlyList<IReadOnlyList<long>> (key) => UsageView.Days(
                snapshot, new UsageKey(context.Account.Value, context.Region.Name, plan.Id!, key.Id!), plan, first, last)),
        };
    }

    private static DateOnly Day(string text, string name) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw RestFaults.BadRequest($"Invalid {name} specified. Dates have the format YYYY-MM-DD.");
}
