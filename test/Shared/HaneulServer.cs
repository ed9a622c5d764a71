using System.Net;
using Haneul.Gateway;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Haneul.Testing;

/// <summary>
/// The real pipeline on a real socket, with the modules that a test names and everything in memory. Where <c>HANEUL_PROGRAM</c> names a built
/// program, tests that only talk to the cloud from outside talk to that program instead: so they run against the native binary too.
/// </summary>
public sealed class HaneulServer : IAsyncDisposable
{
    private readonly IHost? _host;
    private readonly GatewayServer? _server;
    private readonly IStore? _store;
    private readonly CloudEnvironment? _environment;
    private readonly HaneulProgram? _program;

    private HaneulServer(IHost host, GatewayServer server, IStore store, CloudEnvironment environment)
    {
        _host = host;
        _server = server;
        _store = store;
        _environment = environment;
    }

    private HaneulServer(HaneulProgram program) => _program = program;

    /// <summary>Whether tests that can run against a built program do.</summary>
    public static bool IsProgram => HaneulProgram.Path is not null;

    /// <summary>The cloud's parts, for tests of what has no operation.</summary>
    public IServiceProvider Services
    {
        get
        {
            Skip.Unless(_host is not null, "This test looks inside of the cloud.");
            return _host!.Services;
        }
    }

    /// <summary>Where connections out of sandboxes arrive.</summary>
    public Uri SandboxUrl
    {
        get
        {
            Skip.Unless(_host is not null, "This test looks inside of the cloud.");
            return _server!.Urls[^1];
        }
    }

    public Uri Url => _program?.Url ?? _server!.Urls[0];

    /// <param name="options">The edge's options.</param>
    /// <param name="time">The cloud's clock.</param>
    /// <param name="configure">Adds parts that no module brings, such as fakes.</param>
    /// <param name="modules">The services.</param>
    public static async Task<HaneulServer> StartAsync(
        GatewayOptions? options = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null, params IServiceModule[] modules)
    {
        if (IsProgram && options is null && time is null && configure is null)
        {
            return new HaneulServer(await HaneulProgram.StartAsync("--ephemeral"));
        }

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var store = MemoryStore.Create();
        builder.Services.AddSingleton<IStore>(store);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IIdSource, RandomIdSource>();
        builder.Services.AddSingleton(options ?? new GatewayOptions());
        var environment = new CloudEnvironment { DataDirectory = Directory.CreateTempSubdirectory("haneul-test-").FullName, Ephemeral = true };
        builder.Services.AddSingleton(environment);
        builder.Services.AddGateway(modules);
        configure?.Invoke(builder.Services);

        var host = builder.Build();
        var server = await GatewayServer.StartAsync(
            host.Services,
            kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0);
            },
            default);
        environment.Port = server.Urls[0].Port;
        environment.SandboxPort = server.Urls[^1].Port;
        await host.StartAsync();
        return new HaneulServer(host, server, store, environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
            return;
        }

        await _server!.DisposeAsync();
        await _host!.StopAsync();
        _host.Dispose();
        await _store!.DisposeAsync();
        Directory.Delete(_environment!.DataDirectory, recursive: true);
    }
}
