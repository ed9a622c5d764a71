using System.Globalization;
using Haneul.Compute.Machine;
using Haneul.Compute.RuntimeApi;
using Haneul.Compute.Sandboxes;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Logging;

namespace Haneul.Compute.Environments;

/// <summary>
/// Runs invocations: in a warm environment of the same version where one is free, else in a new one. Environments that nobody needs end after a
/// while.
/// </summary>
public sealed class EnvironmentPool : IAsyncDisposable
{
    /// <summary>How long an environment waits for its next invocation.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(10);

    // Credentials must outlive the invocation that is given them.
    private static readonly TimeSpan s_leastLife = TimeSpan.FromMinutes(20);

    // A start takes longer than this.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(50);

    // How much memory may wait in warm environments, as a part of the machine's.
    private const int WarmShare = 2;

    private readonly EnvironmentServices _services;
    private readonly ITimer _reaper;
    private readonly long _warmLimit;

    // Guarded by the lock. The last in a list was used last.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Warm>> _warm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Task>> _settling = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _background = [];
    private long _warmMegabytes;
    private bool _closed;

    public EnvironmentPool(
        SandboxHost host, RuntimeCatalog runtimes, IFunctionLogs logs, TimeProvider time, IIdSource ids, Func<int> endpointPort, ILoggerFactory loggers)
    {
        var api = new RuntimeApiServer(loggers);
        _services = new EnvironmentServices(
            host, api, new SharedRuntimeApi(api), runtimes, logs, time, ids, endpointPort, loggers.CreateLogger<EnvironmentPool>());
        _warmLimit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024) / WarmShare;
        _reaper = time.CreateTimer(static pool => ((EnvironmentPool)pool!).Reap(), this, KeepAlive / 4, KeepAlive / 4);
    }

    /// <summary>Environments that wait for work.</summary>
    public int WarmCount
    {
        get
        {
            lock (_lock)
            {
                return _warm.Values.Sum(list => list.Count);
            }
        }
    }

    public Isolation Isolation => _services.Host.Isolation;

    /// <summary>Runs an invocation to its end.</summary>
    /// <exception cref="SandboxException">The machine cannot run functions; the message says why.</exception>
    public async Task<InvocationResult> InvokeAsync(FunctionSpec spec, Invocation invocation)
    {
        if (await FindWarmAsync(spec.Key) is { } warm)
        {
            return await RunAsync(warm, invocation, initError: null);
        }

        var environment = await FunctionEnvironment.StartAsync(_services, spec, CancellationToken.None);
        var error = await environment.InitializeAsync(invocation.RequestId, FunctionEnvironment.InitLimit, suppressTimeout: true);
        if (error?.ErrorType == FunctionEnvironment.SuppressedTimeout)
        {
            // A start that takes too long is tried once more as a part of the invocation, within the function's own time.
            End(environment);
            environment = await FunctionEnvironment.StartAsync(_services, spec, CancellationToken.None);
            error = await environment.InitializeAsync(invocation.RequestId, spec.Timeout, suppressTimeout: false);
        }

        return await RunAsync(environment, invocation, error);
    }

    /// <summary>Ends the warm environments of a function's version, or of all of its versions.</summary>
    public void Retire(Func<FunctionSpec, bool> match)
    {
        List<FunctionEnvironment> ended = [];
        lock (_lock)
        {
            foreach (var list in _warm.Values)
            {
                ended.AddRange(list.Where(warm => match(warm.Environment.Spec)).Select(warm => warm.Environment));
            }

            ended.ForEach(Forget);
        }

        ended.ForEach(End);
    }

    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        lock (_lock)
        {
            _closed = true;
        }

        Retire(_ => true);
        Task[] rest;
        lock (_lock)
        {
            rest = [.. _background];
        }

        await Task.WhenAll(rest);
        _services.Shared.Dispose();
        await _services.Api.DisposeAsync();
    }

    private async ValueTask<FunctionEnvironment?> FindWarmAsync(string key)
    {
        while (true)
        {
            while (Take(key) is { } warm)
            {
                if (warm.Usable)
                {
                    return warm;
                }

                End(warm);
            }

            // An environment has answered and is about to ask for more: sooner than another could start.
            if (Claim(key) is not { } settling)
            {
                return null;
            }

            await settling.WaitAsync(s_settling, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<InvocationResult> RunAsync(FunctionEnvironment environment, Invocation invocation, RuntimeAnswer? initError)
    {
        try
        {
            return await environment.InvokeAsync(invocation, _services.Time.GetUtcNow(), initError);
        }
        finally
        {
            Settle(environment);
        }
    }

    private void Settle(FunctionEnvironment environment)
    {
        var key = environment.Spec.Key;
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_settling.TryGetValue(key, out var list))
            {
                _settling[key] = list = [];
            }

            list.Add(settled.Task);
        }

        Background(SettleAsync(environment, settled));
    }

    // Each settling environment is waited for by one invocation.
    private Task? Claim(string key)
    {
        lock (_lock)
        {
            if (!_settling.TryGetValue(key, out var list) || list.Count == 0)
            {
                return null;
            }

            var claimed = list[0];
            list.RemoveAt(0);
            return claimed;
        }
    }

    private async Task SettleAsync(FunctionEnvironment environment, TaskCompletionSource settled)
    {
        var key = environment.Spec.Key;
        try
        {
            await KeepOrEndAsync(environment);
        }
        finally
        {
            lock (_lock)
            {
                if (_settling.TryGetValue(key, out var list))
                {
                    list.Remove(settled.Task);
                    if (list.Count == 0)
                    {
                        _settling.Remove(key);
                    }
                }
            }

            settled.SetResult();
        }
    }

    private async Task KeepOrEndAsync(FunctionEnvironment environment)
    {
        if (await environment.SettleAsync() && (environment.Expires is not { } end || end - _services.Time.GetUtcNow() > s_leastLife))
        {
            FunctionEnvironment? oldest = null;
            lock (_lock)
            {
                if (!_closed)
                {
                    if (!_warm.TryGetValue(environment.Spec.Key, out var list))
                    {
                        _warm[environment.Spec.Key] = list = [];
                    }

                    list.Add(new Warm(environment, _services.Time.GetUtcNow()));
                    _warmMegabytes += environment.Spec.MemoryMegabytes;
                    environment = null!;
                    if (_warmMegabytes > _warmLimit)
                    {
                        oldest = _warm.Values.Where(warm => warm.Count > 0).Select(warm => warm[0]).MinBy(warm => warm.Since)?.Environment;
                        Forget(oldest!);
                    }
                }
            }

            if (oldest is not null)
            {
                End(oldest);
            }
        }

        if (environment is not null)
        {
            await environment.DisposeAsync();
        }
    }

    private FunctionEnvironment? Take(string key)
    {
        lock (_lock)
        {
            if (_warm.TryGetValue(key, out var list) && list.Count > 0)
            {
                var environment = list[^1].Environment;
                Forget(environment);
                return environment;
            }

            return null;
        }
    }

    // Under the lock.
    private void Forget(FunctionEnvironment environment)
    {
        var key = environment.Spec.Key;
        if (_warm.TryGetValue(key, out var list) && list.RemoveAll(warm => warm.Environment == environment) > 0)
        {
            _warmMegabytes -= environment.Spec.MemoryMegabytes;
            if (list.Count == 0)
            {
                _warm.Remove(key);
            }
        }
    }

    private void Reap()
    {
        var now = _services.Time.GetUtcNow();
        List<FunctionEnvironment> ended = [];
        lock (_lock)
        {
            foreach (var list in _warm.Values)
            {
                ended.AddRange(list
                    .Where(warm => now - warm.Since >= KeepAlive || warm.Environment.Expires - now <= s_leastLife)
                    .Select(warm => warm.Environment));
            }

            ended.ForEach(Forget);
        }

        ended.ForEach(End);
    }

    private void End(FunctionEnvironment environment) => Background(environment.DisposeAsync().AsTask());

    private void Background(Task task)
    {
        lock (_lock)
        {
            _background.Add(task);
        }

        task.ContinueWith(
            done =>
            {
                lock (_lock)
                {
                    _background.Remove(done);
                }

                if (done.Exception is { } exception)
                {
                    Log.EndFailed(_services.Log, exception);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private sealed record Warm(FunctionEnvironment Environment, DateTimeOffset Since)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Environment.Spec.Key} since {Since}");
    }
}
