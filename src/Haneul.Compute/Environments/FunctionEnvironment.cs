using System.Globalization;
using System.Text;
using System.Text.Json;
using Haneul.Compute.RuntimeApi;
using Haneul.Compute.Sandboxes;
using Haneul.Kernel.Identity;

namespace Haneul.Compute.Environments;

/// <summary>
/// An execution environment: one sandbox with a function's version in it, which takes one invocation at a time.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"/>
/// </summary>
internal sealed class FunctionEnvironment : IAsyncDisposable
{
    public static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    // Functions run by the machine's time: a cloud whose clock stands still would never end one that hangs.
    private static readonly TimeProvider s_machine = TimeProvider.System;

    private readonly EnvironmentServices _services;
    private readonly LogLines _lines;
    private readonly RuntimeSession _session;
    private readonly Sandbox _sandbox;
    private readonly Task[] _serving;
    private readonly long _started;
    private TimeSpan? _init;

    private FunctionEnvironment(
        EnvironmentServices services, FunctionSpec spec, LogLines lines, RuntimeSession session, Sandbox sandbox, Task[] serving, long started,
        DateTimeOffset? expires)
    {
        _services = services;
        Spec = spec;
        Expires = expires;
        _lines = lines;
        _session = session;
        _sandbox = sandbox;
        _serving = serving;
        _started = started;
    }

    public FunctionSpec Spec { get; }

    /// <summary>When its credentials end.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>Whether it can take another invocation.</summary>
    public bool Usable => !_sandbox.Exited.IsCompleted && !_broken;

    private bool _broken;

    /// <summary>Starts the sandbox; the function's initialisation has begun when this returns.</summary>
    public static async Task<FunctionEnvironment> StartAsync(EnvironmentServices services, FunctionSpec spec, CancellationToken cancel)
    {
        var credential = spec.Credentials is { } issue ? await issue(cancel) : null;
        var time = services.Time.GetUtcNow();
        var version = spec.Version;
        var stream = string.Create(
            CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy/MM/dd}/[{version}]{services.Ids.NewString(32, RandomIdSource.Hex)}");
        var lines = new LogLines(services.Logs.Open(spec, stream, credential), services.Time);
        var plan = services.Runtimes.Plan(spec);
        var session = new RuntimeSession();
        var own = services.Host.Isolation.OwnNetwork;
        var shared = own ? null : services.Shared.Register(session);
        var runtimeApi = shared ?? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FunctionVariables.RuntimePort}");
        var endpointPort = own ? FunctionVariables.EndpointPort : services.EndpointPort();
        var variables = FunctionVariables.Build(
            spec, stream, credential, runtimeApi, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{endpointPort}"));
        if (plan.Libraries is { } libraries)
        {
            variables["LD_LIBRARY_PATH"] = libraries + ":" + variables["LD_LIBRARY_PATH"];
        }

        var mounts = new Dictionary<string, string>(plan.Mounts, StringComparer.Ordinal) { ["/var/task"] = spec.CodeDirectory };
        if (spec.LayerDirectory is { } layers)
        {
            mounts["/opt"] = layers;
        }

        var runtimeVersion = RuntimeCatalog.VersionArn(spec.Region, spec.Runtime);
        lines.Platform($"INIT_START Runtime Version: {RuntimeCatalog.VersionName(spec.Runtime)}\tRuntime Version ARN: {runtimeVersion}");
        if (plan.Note is { } note)
        {
            lines.Platform("Haneul: " + note);
        }

        var started = s_machine.GetTimestamp();
        var sandbox = await services.Host.StartAsync(
            new SandboxSpec
            {
                Command = plan.Command,
                Variables = variables,
                Mounts = mounts,
                WorkingDirectory = "/var/task",
                MemoryMegabytes = spec.MemoryMegabytes,
                LimitsData = !spec.Runtime.StartsWith("nodejs", StringComparison.Ordinal),
                TemporaryMegabytes = spec.TemporaryMegabytes,
                Ports = [FunctionVariables.RuntimePort, FunctionVariables.EndpointPort],
            },
            lines.Append,
            cancel);
        Task[] serving = own
            ? [services.Api.ServeAsync(sandbox.Listeners[0], session), Forwarder.ServeAsync(sandbox.Listeners[1], services.EndpointPort, services.Log)]
            : [];
        return new FunctionEnvironment(services, spec, lines, session, sandbox, serving, started, credential?.Expires);
    }

    /// <summary>Waits for the function's initialisation.</summary>
    /// <returns>Null when it is ready; otherwise the error that the invocation ends with.</returns>
    public async Task<RuntimeAnswer?> InitializeAsync(string requestId, TimeSpan limit, bool suppressTimeout)
    {
        using var stop = new CancellationTokenSource(limit, s_machine);
        var over = Task.Delay(Timeout.InfiniteTimeSpan, s_machine, stop.Token);
        var first = await Task.WhenAny(_session.Ready, _session.InitError, _sandbox.Exited, over);
        var took = s_machine.GetElapsedTime(_started);
        if (first == _session.Ready)
        {
            _init = took;
            _sandbox.LimitCpu(Spec.MemoryMegabytes);
            return null;
        }

        _broken = true;
        if (first == over)
        {
            _sandbox.Kill();
            await _sandbox.Exited;
            _lines.Platform(Invariant($"INIT_REPORT Init Duration: {Milliseconds(limit)} ms\tPhase: init\tStatus: timeout"));
            return suppressTimeout ? new RuntimeAnswer(default, SuppressedTimeout) : TimedOut(requestId);
        }

        var error = first == _session.InitError ? await _session.InitError : Exited(requestId, (await _sandbox.Exited).Status);
        await DrainAsync();
        _lines.Platform(Invariant($"INIT_REPORT Init Duration: {Milliseconds(took)} ms\tPhase: init\tStatus: error\tError Type: {error.ErrorType}"));
        return error;
    }

    public const string SuppressedTimeout = "Suppressed";

    /// <summary>Runs one invocation to its end, whatever that is.</summary>
    public async Task<InvocationResult> InvokeAsync(Invocation invocation, DateTimeOffset now, RuntimeAnswer? initError)
    {
        if (initError is null)
        {
            _lines.Begin();
        }

        _lines.Platform($"START RequestId: {invocation.RequestId} Version: {Spec.Version}");
        var started = s_machine.GetTimestamp();
        RuntimeAnswer answer;
        string? status = null;
        if (initError is { } failed)
        {
            answer = failed;
            status = $"\tStatus: error\tError Type: {failed.ErrorType}";
        }
        else
        {
            _sandbox.Freeze(frozen: false);
            using var stop = new CancellationTokenSource();
            var answered = _session.InvokeAsync(new RuntimeEvent(
                invocation.RequestId, invocation.Payload, s_machine.GetUtcNow() + Spec.Timeout, invocation.InvokedArn, invocation.TraceId,
                invocation.ClientContext, Identity: null));
            var over = Task.Delay(Spec.Timeout, s_machine, stop.Token);
            var first = await Task.WhenAny(answered, _sandbox.Exited, over);
            await stop.CancelAsync();
            if (answered.IsCompleted)
            {
                answer = await answered;
            }
            else if (first == over)
            {
                _broken = true;
                _sandbox.Kill();
                answer = TimedOut(invocation.RequestId);
                status = "\tStatus: timeout";
            }
            else
            {
                _broken = true;
                answer = Exited(invocation.RequestId, (await _sandbox.Exited).Status);
                status = $"\tStatus: error\tError Type: {answer.ErrorType}";
            }
        }

        var took = answer.ErrorType == "Sandbox.Timedout" ? Spec.Timeout : s_machine.GetElapsedTime(started);
        await DrainAsync();
        if (answer.ErrorType == "Sandbox.Timedout")
        {
            _lines.Platform(string.Create(
                CultureInfo.InvariantCulture,
                $"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {invocation.RequestId} Task timed out after {Spec.Timeout.TotalSeconds:0.00} seconds\n"));
        }
        else if (status is not null && initError is null)
        {
            _lines.Platform(Message(answer));
        }

        Report(invocation.RequestId, took, status);
        return new InvocationResult(answer.Payload, answer.ErrorType is null ? null : "Unhandled", _lines.Tail());
    }

    /// <summary>Waits until the runtime asks for more, and stops it there.</summary>
    /// <returns>False if it ended instead, or does not ask.</returns>
    public async Task<bool> SettleAsync()
    {
        if (!Usable)
        {
            return false;
        }

        using var stop = new CancellationTokenSource();
        var patience = Task.Delay(Spec.Timeout, s_machine, stop.Token);
        var first = await Task.WhenAny(_session.Idle, _sandbox.Exited, patience);
        await stop.CancelAsync();
        if (first != _session.Idle && !_session.Idle.IsCompleted)
        {
            return false;
        }

        _sandbox.Freeze(frozen: true);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await Task.WhenAll(_serving);
        _services.Shared.Remove(_session);
        _lines.Flush();
    }

    private async Task DrainAsync()
    {
        await _sandbox.DrainAsync(CancellationToken.None);
        _lines.Flush();
    }

    private void Report(string requestId, TimeSpan took, string? status)
    {
        var billed = Math.Ceiling(took.TotalMilliseconds);
        var peak = (_sandbox.PeakMemory ?? 0) / (1024 * 1024);
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"END RequestId: {requestId}");
        _lines.Platform(line.ToString());
        line.Clear();
        line.Append(CultureInfo.InvariantCulture, $"REPORT RequestId: {requestId}\tDuration: {Milliseconds(took)} ms\tBilled Duration: {billed:0} ms\t");
        line.Append(CultureInfo.InvariantCulture, $"Memory Size: {Spec.MemoryMegabytes} MB\tMax Memory Used: {Math.Min(peak, Spec.MemoryMegabytes)} MB\t");
        if (_init is { } init)
        {
            line.Append(CultureInfo.InvariantCulture, $"Init Duration: {Milliseconds(init)} ms\t");
            _init = null;
        }

        if (status is not null)
        {
            line.Append(status.AsSpan(1));
        }

        _lines.Platform(line.ToString());
    }

    private RuntimeAnswer TimedOut(string requestId) => Error(
        "Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {Spec.Timeout.TotalSeconds:0.00} seconds"));

    private static RuntimeAnswer Exited(string requestId, int? status)
    {
        var how = status switch
        {
            null or 137 => "Runtime exited with error: signal: killed",
            0 => "Runtime exited without providing a reason",
            139 => "Runtime exited with error: signal: segmentation fault",
            134 => "Runtime exited with error: signal: aborted",
            143 => "Runtime exited with error: signal: terminated",
            var code => Invariant($"Runtime exited with error: exit status {code}"),
        };
        return Error("Runtime.ExitError", $"RequestId: {requestId} Error: {how}");
    }

    private static RuntimeAnswer Error(string type, string message)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", type);
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        return new RuntimeAnswer(buffer.WrittenMemory, type);
    }

    private static string Message(RuntimeAnswer error)
    {
        using var json = JsonDocument.Parse(error.Payload);
        return json.RootElement.GetProperty("errorMessage").GetString()! + "\n" + json.RootElement.GetProperty("errorType").GetString();
    }

    private static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
