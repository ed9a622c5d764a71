using System.Threading.Channels;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Execute.Logging;

/// <summary>
/// Hands execution logs to CloudWatch Logs behind the answers, as the role that the account has named for it. If they come faster than they are written,
/// those beyond the queue are lost, and how many is logged.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"/>
/// </summary>
internal sealed class ExecutionLogs(IEnumerable<ILogSink> sinks, IEnumerable<IRoles> roles, IIdSource ids, TimeProvider time, ILogger<ExecutionLogs> log)
    : BackgroundService
{
    private const int MaxWaiting = 4096;

    private static readonly TimeSpan s_session = TimeSpan.FromMinutes(15);

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    // Read and written by the loop alone.
    private readonly Dictionary<string, (Principal Principal, DateTimeOffset Until)> _sessions = new(StringComparer.Ordinal);
    private long _lost;

    /// <param name="call">The request, answered.</param>
    /// <param name="roleArn">The account's role for logs.</param>
    public void Write(RestCall call, string roleArn)
    {
        if (call.Log is not { Lines.Count: > 0 } lines || !sinks.Any())
        {
            return;
        }

        // A canary has a group of its own.
        var group = $"API-Gateway-Execution-Logs_{call.ApiId}/{call.Stage.StageName}{(call.IsCanary ? "/Canary" : "")}";
        var text = lines.Lines.Select(line => new LogLine(line.Time, $"({call.RequestId}) {line.Message}")).ToList();
        if (!_waiting.Writer.TryWrite(new Entry(call.Account, call.Region, roleArn, group, StreamOf(call), text)))
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
        await foreach (var entry in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(entry, stoppingToken);
            }
#pragma warning disable CA1031 // The top of a loop.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.ExecutionLogFailed(log, entry.Group, exception);
            }

            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                Log.ExecutionLogsLost(log, lost);
            }
        }
    }

    private async Task WriteAsync(Entry entry, CancellationToken cancel)
    {
        if (await SessionAsync(entry, cancel) is { } session && sinks.FirstOrDefault() is { } sink)
        {
            var outcome = await sink.WriteAsync(entry.Group, entry.Stream, entry.Lines, Context(entry, session), cancel);
            if (!outcome.Succeeded)
            {
                Log.ExecutionLogRefused(log, entry.Group, outcome.Error.Shape.Name, outcome.Error.Message);
            }
        }
    }

    private async ValueTask<Principal?> SessionAsync(Entry entry, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_sessions.TryGetValue(entry.Role, out var session) && session.Until > now)
        {
            return session.Principal;
        }

        if (roles.FirstOrDefault() is not { } port)
        {
            return null;
        }

        var origin = Context(entry, Principal.Service(GatewayCaller.Service, AccountId.Parse(entry.Account)));
        var assumed = await port.AssumeForServiceAsync(entry.Role, GatewayCaller.SessionName, GatewayCaller.Service, sourceArn: null, origin, cancel);
        if (!assumed.Succeeded)
        {
            Log.ExecutionLogRefused(log, entry.Group, assumed.Error.Shape.Name, assumed.Error.Message);
            return null;
        }

        _sessions[entry.Role] = (assumed.Value.Principal, now + s_session);
        return assumed.Value.Principal;
    }

    private CallContext Context(Entry entry, Principal principal) => new()
    {
        Principal = principal,
        Region = Region.TryParse(entry.Region, out var region) ? region : Region.Default,
        RequestId = ids.NewUuid(),
        Time = time.GetUtcNow(),
        SourceAccount = entry.Account,
    };

    // AWS spreads a stage's logs over streams that are named by hashes; requests of one deployment lie together here.
    private static string StreamOf(RestCall call) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{call.ApiId}/{call.Stage.StageName}/{call.DeploymentId}")))[..32];

    private sealed record Entry(string Account, string Region, string Role, string Group, string Stream, IReadOnlyList<LogLine> Lines);
}
