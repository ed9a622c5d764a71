using Microsoft.Extensions.Hosting;

namespace Haneul.Integration;

/// <summary>
/// Keeps what is stored in order: a round at the start and then after every pause of the cloud's clock. A round that fails is made
/// again after the next pause.
/// </summary>
/// <param name="time">The cloud's clock.</param>
/// <param name="pause">Between two rounds.</param>
public abstract class UpkeepLoop(TimeProvider time, TimeSpan pause) : BackgroundService
{
    protected TimeProvider Time => time;

    /// <summary>One round over everything.</summary>
    public abstract Task RunOnceAsync(CancellationToken cancel);

    /// <summary>Logs that a round failed.</summary>
    protected abstract void Failed(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts what listens only when this has given the thread back.
        await Task.Yield();
        try
        {
            while (true)
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Failed(exception);
                }

                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The cloud stops.
        }
    }
}
