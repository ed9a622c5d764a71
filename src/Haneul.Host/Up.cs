using System.Net;
using Haneul.ApiGateway;
using Haneul.DynamoDb;
using Haneul.Gateway;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Time;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Storage.RocksDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ICredentials = Haneul.Kernel.Identity.ICredentials;

namespace Haneul.Host;

/// <summary>Starts the cloud: the only place that knows all parts.</summary>
internal static class Up
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        HostOptions options;
        try
        {
            options = HostOptions.Parse(arguments);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync("haneul: " + exception.Message);
            return 2;
        }

        // Opening the store takes most of the start; the web server is put together meanwhile.
        var opening = options.Ephemeral
            ? Task.FromResult<IStore>(MemoryStore.Create())
            : Task.Run(async () => (IStore)await RocksDbStore.OpenAsync(Path.Combine(options.Data, "store"), new RocksDbStoreOptions(), default));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        IStore store;
        try
        {
            store = await opening;
        }
        catch (StorageException exception)
        {
            await Console.Error.WriteLineAsync("haneul: " + exception.Message);
            return 1;
        }

        using var export = options.Otlp is { } collector ? new OtlpExport(collector) : null;
        await using (store)
        {
            var environment = new CloudEnvironment
            {
                DataDirectory = options.Ephemeral ? Directory.CreateTempSubdirectory("haneul-").FullName : options.Data,
                Ephemeral = options.Ephemeral,
            };
            Register(builder.Services, options, environment, store);
            using var host = builder.Build();
            try
            {
                await using var server = await GatewayServer.StartAsync(
                    host.Services,
                    kestrel =>
                    {
                        kestrel.Listen(options.Listen, options.Port);
                        kestrel.Listen(IPAddress.Loopback, 0); // for connections out of sandboxes
                    },
                    default);
                var address = server.Urls[0].GetLeftPart(UriPartial.Authority);
                environment.Port = server.Urls[0].Port;
                environment.SandboxPort = server.Urls[^1].Port;
                await host.StartAsync();
                Console.WriteLine($"Haneul listens on {address}");
                Console.WriteLine($"  export AWS_ENDPOINT_URL={address} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1");
                Console.WriteLine("Ready.");
                await WaitForShutdownAsync(host, server);
            }
            catch (IOException exception)
            {
                await Console.Error.WriteLineAsync($"haneul: cannot listen on port {options.Port}: {exception.Message}");
                return 1;
            }

            if (environment.Ephemeral)
            {
                Directory.Delete(environment.DataDirectory, recursive: true);
            }
        }

        return 0;
    }

    /// <summary>First no more requests, then an end to what works in the background.</summary>
    private static async Task WaitForShutdownAsync(IHost host, GatewayServer server)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System))
        {
            await server.StopAsync(patience.Token);
        }

        await host.WaitForShutdownAsync();
    }

    private static void Register(IServiceCollection services, HostOptions options, CloudEnvironment environment, IStore store)
    {
        services.AddSingleton(store);
        services.AddSingleton(environment);
        services.AddSingleton<TimeProvider>(new CloudClock(TimeProvider.System));
        services.AddSingleton(new DynamoDbOptions { Throttling = !options.Unthrottled, ReplicationDelay = options.ReplicationDelay });
        services.AddSingleton(new ApiGatewayOptions { AccountRate = options.ApiRate });
        services.AddSingleton<IIdSource, RandomIdSource>();
        services.AddSingleton<ICredentials>(RootKey.Open(environment.DataDirectory, new RandomIdSource()));
        services.AddSingleton(new GatewayOptions
        {
            Auth = options.Auth,
            ExplainAllowed = options.ExplainAllowed,
            Hosts = options.Hosts,
            AccessLog = options.AccessLog,
            Version = typeof(Up).Assembly.GetName().Version!.ToString(3),
        });
        services.AddGateway(Modules.All);
    }
}
