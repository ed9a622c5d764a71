using System.Net;
using Haneul.Gateway;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Testing.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Haneul.Testing;

/// <summary>
/// The real pipeline on a real socket, with the modules that a test names and everything in memory. Where <c>HANEUL_PROGRAM</c> names a built
/// program, tests that only talk to the cloud from outside talk to that program instead: so they run against the native binary too.
/// </summary>
public sealed class HaneulServer : IAsyncDisposable
{
    private readonly WebApplication? _app;
    private readonly IStore? _store;
    private readonly CloudEnvironment? _environment;
    private readonly HaneulProgram? _program;

    private HaneulServer(WebApplication app, IStore store, CloudEnvironment environment)
    {
        _app = app;
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
            Skip.Unless(_app is not null, "This test looks inside of the cloud.");
            return _app!.Services;
        }
    }

    /// <summary>Where connections out of sandboxes arrive.</summary>
    public Uri SandboxUrl
    {
        get
        {
            Skip.Unless(_app is not null, "This test looks inside of the cloud.");
            return new Uri(_app!.Urls.Last());
        }
    }

    public Uri Url => _program?.Url ?? new Uri(_app!.Urls.First());

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

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var store = MemoryStore.Create();
        builder.Services.AddSingleton<IStore>(store);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IIdSource, RandomIdSource>();
        builder.Services.AddSingleton(options ?? new GatewayOptions());
        var environment = new CloudEnvironment { DataDirectory = Directory.CreateTempSubdirectory("haneul-test-").FullName, Ephemeral = true };
        builder.Services.AddSingleton(environment);
        builder.Services.AddGateway(modules);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        ((IApplicationBuilder)app).Run(app.Services.GetRequiredService<Pipeline>().RunAsync);
        await app.StartAsync();
        environment.Port = new Uri(app.Urls.First()).Port;
        environment.SandboxPort = new Uri(app.Urls.Last()).Port;
        return new HaneulServer(app, store, environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
            return;
        }

        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _store!.DisposeAsync();
        Directory.Delete(_environment!.DataDirectory, recursive: true);
    }
}
