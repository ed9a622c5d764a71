using Haneul.CloudWatch.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>
/// Stores a dashboard after a look at its body; warnings are answered and do not keep it from being stored.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html"/>
/// </summary>
internal sealed class PutDashboard(DashboardTable dashboards) : IHandler<PutDashboardInput, PutDashboardOutput>
{
    private const int MaxName = 255;

    public async ValueTask<Outcome<PutDashboardOutput>> HandleAsync(PutDashboardInput input, CallContext context, CancellationToken cancel)
    {
        if (input.Tags is { Count: > 0 })
        {
            return CloudWatchFaults.Unsupported("Tags", "PutDashboard");
        }

        if (input.DashboardName.Length is 0 or > MaxName)
        {
            return CloudWatchFaults.Value($"The value for field DashboardName must have length between 1 and {MaxName}.\n");
        }

        if (!input.DashboardName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return CloudWatchFaults.Value(
                "The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n");
        }

        var (errors, warnings) = DashboardRules.Check(input.DashboardBody);
        if (errors.Count > 0)
        {
            return CloudWatchErrors.DashboardInvalidInputError.With(
                $"The dashboard body is invalid, there are {errors.Count} validation errors: {errors[0].DataPath} {errors[0].Message}",
                new DashboardInvalidInputError { DashboardValidationMessages = errors });
        }

        var batch = new Batch();
        batch.Put(DashboardTable.Key(input.DashboardName), new DashboardRecord(input.DashboardBody, context.Time).Encode());
        await dashboards.Of(context).CommitAsync(batch);
        return new PutDashboardOutput { DashboardValidationMessages = warnings };
    }
}
