using Haneul.Compute.Environments;
using Haneul.Compute.Machine;
using Haneul.Compute.Sandboxes;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Code;
using Haneul.Lambda.Functions;
using Microsoft.Extensions.Logging;

namespace Haneul.Lambda.Invocations;

/// <summary>Runs versions of functions in execution environments.</summary>
internal sealed class FunctionRunner : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly EnvironmentPool _pool;
    private readonly CodeStore _code;
    private readonly ExecutionRoles _roles;
    private readonly FunctionLogs _logs;

    public FunctionRunner(
        CloudEnvironment environment, RuntimeCatalog runtimes, CodeStore code, ExecutionRoles roles, FunctionLogs logs, TimeProvider time, IIdSource ids,
        ILoggerFactory loggers)
    {
        _code = code;
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
        using var pin = _code.Pin(version.Code);
        if (pin is null)
        {
            return null;
        }

        var spec = new FunctionSpec
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
            MemoryMegabytes = version.MemorySize,
            TemporaryMegabytes = version.EphemeralStorage,
            Timeout = TimeSpan.FromSeconds(version.Timeout),
            LogGroup = version.LogGroup,
            Variables = version.Variables ?? new Dictionary<string, string>(),
            Credentials = cancel => _roles.IssueAsync(version.Role, function, context, cancel),
        };
        return await _pool.InvokeAsync(spec, invocation);
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
}
