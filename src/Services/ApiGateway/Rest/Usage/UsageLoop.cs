using Haneul.Integration;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Usage;

/// <summary>Stores what the meter has counted, once a second and when the cloud stops.</summary>
internal sealed class UsageLoop(UsageMeter meter, TimeProvider time, ILogger<UsageLoop> logger) : UpkeepLoop(time, TimeSpan.FromSeconds(1))
{
    public override Task RunOnceAsync(CancellationToken cancel) => meter.FlushAsync().AsTask();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await meter.FlushAsync();
    }

    protected override void Failed(Exception exception) => Log.UsageNotStored(logger, exception);
}
