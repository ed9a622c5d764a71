using Haneul.Compute.RuntimeApi;
using Haneul.Compute.Sandboxes;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.Logging;

namespace Haneul.Compute.Environments;

/// <summary>What execution environments are made with.</summary>
internal sealed record EnvironmentServices(
    SandboxHost Host, RuntimeApiServer Api, SharedRuntimeApi Shared, RuntimeCatalog Runtimes, IFunctionLogs Logs, TimeProvider Time, IIdSource Ids,
    Func<int> EndpointPort, ILogger Log);
