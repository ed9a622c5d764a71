using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;

namespace Haneul.ApiGateway.Rest.Plans;

/// <summary>What PATCH does to a usage plan.</summary>
internal static class PlanPatch
{
    private const string ThrottleMark = "/throttle/";

    public static PatchTable<UsagePlan> Table { get; } = new PatchTable<UsagePlan>(PatchWords.Plain)
        .On("/name", "replace", static (plan, step) => plan.Name = step.Value)
        .On("/description", "replace", static (plan, step) => plan.Description = step.Text)
        .On("/productCode", "add replace remove", static (plan, step) => plan.ProductCode = step.Text)
        .On("/quota", "remove", static (plan, _) => plan.Quota = null)
        .On("/quota/limit", "add replace", static (plan, step) => (plan.Quota ??= new()).Limit = step.Number)
        .On("/quota/offset", "add replace", static (plan, step) => (plan.Quota ??= new()).Offset = step.Number)
        .On("/quota/period", "add replace", static (plan, step) => (plan.Quota ??= new()).Period = step.Value)
        .On("/throttle", "remove", static (plan, _) => plan.Throttle = null)
        .On("/throttle/burstLimit", "add replace", static (plan, step) => (plan.Throttle ??= new()).BurstLimit = step.Number)
        .On("/throttle/rateLimit", "add replace", static (plan, step) => (plan.Throttle ??= new()).RateLimit = Rate(step))
        .On("/apiStages", "add remove", ChangeStage)
        .On("/apiStages/{}/throttle", "remove", static (plan, step) => Stage(plan, step).Throttle = null)
        .On("/apiStages/{}/throttle/{}", "remove", RemoveThrottle)
        .On("/apiStages/{}/throttle/{}/burstLimit", "add replace", static (plan, step) => Throttle(plan, step).BurstLimit = step.Number)
        .On("/apiStages/{}/throttle/{}/rateLimit", "add replace", static (plan, step) => Throttle(plan, step).RateLimit = Rate(step));

    /// <summary>
    /// Writes slashes in the path of a method, <c>/apiStages/API:STAGE/throttle//pets/GET/rateLimit</c>, as JSON pointers have them: some clients
    /// send them as they are.
    /// </summary>
    public static IReadOnlyList<PatchOperation> Escape(IReadOnlyList<PatchOperation> operations) => [.. operations.Select(static operation =>
    {
        var mark = operation.Path?.StartsWith("/apiStages/", StringComparison.Ordinal) == true
            ? operation.Path.IndexOf(ThrottleMark, StringComparison.Ordinal)
            : -1;
        if (mark < 0)
        {
            return operation;
        }

        var path = operation.Path!;
        var start = mark + ThrottleMark.Length;
        var tail = path.EndsWith("/rateLimit", StringComparison.Ordinal) || path.EndsWith("/burstLimit", StringComparison.Ordinal)
            ? path.LastIndexOf('/')
            : path.Length;
        return tail <= start ? operation : new PatchOperation
        {
            Op = operation.Op,
            Value = operation.Value,
            From = operation.From,
            Path = path[..start] + path[start..tail].Replace("/", "~1", StringComparison.Ordinal) + path[tail..],
        };
    })];

    private static double Rate(PatchStep step) => double.TryParse(step.Value, CultureInfo.InvariantCulture, out var rate)
        ? rate
        : throw RestFaults.BadRequest($"Invalid value {step.Value} specified for path {step.Path}");

    private static void ChangeStage(UsagePlan plan, PatchStep step)
    {
        var stages = plan.ApiStages?.ToList() ?? [];
        var named = Parse(step.Value);
        var found = stages.Find(stage => stage.ApiId == named.ApiId && stage.Stage == named.Stage);
        if (step.IsRemove)
        {
            if (found is null)
            {
                throw RestFaults.NotFound($"Invalid API Stage {{api: {named.ApiId}, stage: {named.Stage}}} specified for usageplan {plan.Id}");
            }

            stages.Remove(found);
        }
        else if (found is null)
        {
            stages.Add(named);
        }

        plan.ApiStages = stages;
    }

    private static ApiStage Parse(string? text) => text?.Split(':') is [{ Length: > 0 } api, { Length: > 0 } stage]
        ? new ApiStage { ApiId = api, Stage = stage }
        : throw RestFaults.BadRequest("Invalid API Stage specified");

    private static ApiStage Stage(UsagePlan plan, PatchStep step)
    {
        var named = Parse(step.Names[0]);
        return plan.ApiStages?.FirstOrDefault(stage => stage.ApiId == named.ApiId && stage.Stage == named.Stage)
            ?? throw RestFaults.NotFound($"Invalid API Stage {{api: {named.ApiId}, stage: {named.Stage}}} specified for usageplan {plan.Id}");
    }

    private static ThrottleSettings Throttle(UsagePlan plan, PatchStep step)
    {
        var stage = Stage(plan, step);
        var throttle = stage.Throttle?.GetValueOrDefault(step.Names[1]) ?? new ThrottleSettings();
        stage.Throttle = Texts.With(stage.Throttle, step.Names[1], throttle);
        return throttle;
    }

    private static void RemoveThrottle(UsagePlan plan, PatchStep step)
    {
        var stage = Stage(plan, step);
        stage.Throttle = Texts.Without(stage.Throttle, step.Names[1]);
    }
}
