using Haneul.Compute.Environments;
using Haneul.Compute.Machine;
using Haneul.Compute.Sandboxes;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Code;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Layers;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Invocations;

/// <summary>Runs versions of functions in execution environments.</summary>
internal sealed class FunctionRunner : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly EnvironmentPool _pool;
    private readonly CodeStore _code;
    private readonly LayerStack _layers;
    private readonly ExecutionRoles _roles;
    private readonly FunctionLogs _logs;

    public FunctionRunner(
        CloudEnvironment environment, RuntimeCatalog runtimes, CodeStore code, LayerStack layers, ExecutionRoles roles, FunctionLogs logs, TimeProvider time, IIdSource ids,
        ILoggerFactory loggers)
    {
        _code = code;
        _layers = layers;
        _roles = roles;
        _logs = logs;
        _host = new SandboxHost(Path.Combine(environment.DataDirectory, "lambda", "sandboxes"), loggers.CreateLogger<SandboxHost>());
        _pool = new EnvironmentPool(_host, runtimes, logs, time, ids, () => environment.SandboxPort ?? environment.Port, loggers);
    }

    public Isolation Isolation => _host.Isolation;

    /// <summary>How many sandboxes there are now.</summary>
    public int Living => _host.Living;

    /// <summary>How many environments wait for work.</summary>
    public int Warm => _pool.WarmCount;

    /// <summary>The name of the control groups that sandboxes are in.</summary>
    public string Groups => _host.Groups;

    /// <summary>Runs an invocation to its end.</summary>
    /// <exception cref="Haneul.Compute.SandboxException">The machine cannot run functions; the message says why.</exception>
    /// <returns>Null if the code has gone meanwhile: the version is not what it was.</returns>
    public async Task<InvocationResult?> RunAsync(FunctionReference function, VersionRecord version, Invocation invocation, CallContext context)
    {
        var pins = version.Codes.Select(_code.Pin).ToList();
        try
        {
            return pins.Contains(null) ? null : await _pool.InvokeAsync(Describe(function, version, context), invocation);
        }
        finally
        {
            pins.ForEach(pin => pin?.Dispose());
        }
    }

    /// <summary>Ends environments that wait for work, of one version or of all.</summary>
    public void Retire(FunctionReference function, string? version) =>
        _pool.Retire(spec => spec.FunctionArn == function.Arn && (version is null || spec.Version == version));

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _host.DisposeAsync();
        await _logs.DisposeAsync();
    }

    private FunctionSpec Describe(FunctionReference function, VersionRecord version, CallContext context) =>
        new()
        {
            Key = $"{function.Arn}:{version.Version}:{version.RevisionId}",
            FunctionArn = function.Arn,
            Name = function.Name,
            Version = version.Version,
            Account = function.Account,
            Region = function.Region,
            Runtime = version.Runtime,
            Handler = version.Handler,
            CodeDirectory = _code.Unpacked(version.Code),
            LayerDirectory = _layers.Directory(version.Layers),
            MemoryMegabytes = version.MemorySize,
            TemporaryMegabytes = version.EphemeralStorage,
            Timeout = TimeSpan.FromSeconds(version.Timeout),
            LogGroup = version.LogGroup,
            Variables = version.Variables ?? new Dictionary<string, string>(),
            Credentials = cancel => _roles.IssueAsync(version.Role, function, context, cancel),
        };
}
