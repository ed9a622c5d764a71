using System.Threading.Channels;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Execute.AccessLogs;

/// <summary>
/// Hands access log lines to CloudWatch Logs behind the answers: what is waiting is written together. If lines come faster than they are written,
/// those beyond the queue are lost, and how many is logged: AWS promises its access logs no more.
/// </summary>
internal sealed class AccessLogWriter(IEnumerable<ILogSink> sinks, IIdSource ids, TimeProvider time, ILogger<AccessLogWriter> log) : BackgroundService
{
    private const int MaxWaiting = 16 * 1024;
    private const int MaxTogether = 1024;

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private long _lost;

    /// <summary>Writes a line soon.</summary>
    /// <param name="account">Whose log group it is.</param>
    /// <param name="region">Where it is.</param>
    /// <param name="group">Its name.</param>
    /// <param name="stream">The log stream, which is made when it is missing.</param>
    /// <param name="line">The line.</param>
    public void Write(string account, string region, string group, string stream, string line)
    {
        if (!_waiting.Writer.TryWrite(new Entry(new Destination(account, region, group, stream), new LogLine(time.GetUtcNow(), line))))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            var lines = new Dictionary<Destination, List<LogLine>>();
            for (var i = 0; i < MaxTogether && _waiting.Reader.TryRead(out var entry); i++)
            {
                if (!lines.TryGetValue(entry.Destination, out var list))
                {
                    lines[entry.Destination] = list = [];
                }

                list.Add(entry.Line);
            }

            foreach (var (destination, list) in lines)
            {
                await WriteAsync(destination, list, stoppingToken);
            }

            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                Log.AccessLinesLost(log, lost);
            }
        }
    }

    private async Task WriteAsync(Destination destination, List<LogLine> lines, CancellationToken cancel)
    {
        if (sinks.FirstOrDefault() is not { } sink)
        {
            return;
        }

        var writer = new CallContext
        {
            Principal = Principal.Service("delivery.logs.amazonaws.com", AccountId.Parse(destination.Account)),
            Region = Region.TryParse(destination.Region, out var region) ? region : Region.Default,
            RequestId = ids.NewUuid(),
            Time = time.GetUtcNow(),
            SourceAccount = destination.Account,
        };
        try
        {
            var outcome = await sink.WriteAsync(destination.Group, destination.Stream, lines, writer, cancel);
            if (!outcome.Succeeded)
            {
                Log.AccessLinesRefused(log, destination.Group, outcome.Error.Shape.Name, outcome.Error.Message);
            }
        }
#pragma warning disable CA1031 // The top of a loop.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.AccessLinesFailed(log, destination.Group, exception);
        }
    }

    private readonly record struct Destination(string Account, string Region, string Group, string Stream);

    private readonly record struct Entry(Destination Destination, LogLine Line);
}
