using System.Threading.Channels;
using Haneul.Compute.Environments;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Invocations;

/// <summary>Carries what functions log to CloudWatch Logs, in order and behind their backs; written as the function's own role.</summary>
internal sealed class FunctionLogs(IServiceProvider services, TimeProvider time, IIdSource ids, ILogger<FunctionLogs> log) : IFunctionLogs, IAsyncDisposable
{
    // A function that writes faster than logs are taken loses lines rather than the cloud its memory.
    private const int MaxWaiting = 100_000;
    private const long MaxWaitingCharacters = 32 * 1024 * 1024;
    private const int MaxBatch = 1_000;

    private readonly Lazy<ILogSink?> _sink = new(() => services.GetService<ILogSink>());
    private readonly Channel<Line> _lines = Channel.CreateBounded<Line>(new BoundedChannelOptions(MaxWaiting)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
    });

    private readonly Lock _lock = new();
    private Task? _writing;
    private long _accepted;
    private long _written;
    private long _waiting;

    public IFunctionLog Open(FunctionSpec spec, string stream, Credential? writer)
    {
        lock (_lock)
        {
            _writing ??= WriteAsync();
        }

        return new Stream(this, spec, stream, writer);
    }

    /// <summary>Waits until everything is written that was logged until now; for tests.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var target = Volatile.Read(ref _accepted);
        while (Volatile.Read(ref _written) < target)
        {
            await Task.Delay(1, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        if (_writing is { } writing)
        {
            await writing;
        }
    }

    private async Task WriteAsync()
    {
        var reader = _lines.Reader;
        var batch = new List<LogLine>();
        while (await reader.WaitToReadAsync(CancellationToken.None))
        {
            while (reader.TryRead(out var first))
            {
                batch.Clear();
                batch.Add(first.Text);
                while (batch.Count < MaxBatch && reader.TryPeek(out var more) && more.Stream == first.Stream && reader.TryRead(out more))
                {
                    batch.Add(more.Text);
                }

                await WriteAsync(first.Stream, batch);
                Interlocked.Add(ref _waiting, -batch.Sum(line => (long)line.Message.Length));
                Interlocked.Add(ref _written, batch.Count);
            }
        }
    }

    private async Task WriteAsync(Stream stream, IReadOnlyList<LogLine> lines)
    {
        if (_sink.Value is not { } sink)
        {
            return;
        }

        var context = new CallContext
        {
            Principal = stream.Writer?.Principal ?? Principal.Service("lambda.amazonaws.com", AccountId.Parse(stream.Spec.Account)),
            Region = Region.TryParse(stream.Spec.Region, out var region) ? region : Region.Default,
            RequestId = ids.NewUuid(),
            Time = time.GetUtcNow(),
            SourceArn = stream.Spec.FunctionArn,
            SourceAccount = stream.Spec.Account,
        };
        try
        {
            var outcome = await sink.WriteAsync(stream.Spec.LogGroup, stream.Name, lines, context, CancellationToken.None);
            if (!outcome.Succeeded)
            {
                Log.LogsRefused(log, stream.Spec.FunctionArn, outcome.Error.Message);
            }
        }
#pragma warning disable CA1031 // The top of a loop: one function's logs must not end those of all others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LogsFailed(log, stream.Spec.FunctionArn, exception);
        }
    }

    private readonly record struct Line(Stream Stream, LogLine Text);

    private sealed class Stream(FunctionLogs owner, FunctionSpec spec, string name, Credential? writer) : IFunctionLog
    {
        public FunctionSpec Spec => spec;

        public string Name => name;

        public Credential? Writer => writer;

        public void Write(DateTimeOffset time, string line)
        {
            if (Interlocked.Add(ref owner._waiting, line.Length) > MaxWaitingCharacters || !owner._lines.Writer.TryWrite(new Line(this, new LogLine(time, line))))
            {
                Interlocked.Add(ref owner._waiting, -line.Length);
                return;
            }

            Interlocked.Increment(ref owner._accepted);
        }
    }
}
