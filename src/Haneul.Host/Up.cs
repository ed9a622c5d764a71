using System.Net;
using Haneul.DynamoDb;
using Haneul.Gateway;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Time;
using Haneul.Storage;
using Haneul.Storage.Memory;
using Haneul.Storage.RocksDb;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Listen, options.Port);
            kestrel.Listen(IPAddress.Loopback, 0); // for connections out of sandboxes
        });
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
            await using var app = builder.Build();
            var pipeline = app.Services.GetRequiredService<Pipeline>();
            ((IApplicationBuilder)app).Run(pipeline.RunAsync);
            try
            {
                await app.StartAsync();
            }
            catch (IOException exception)
            {
                await Console.Error.WriteLineAsync($"haneul: cannot listen on port {options.Port}: {exception.Message}");
                return 1;
            }

            var address = app.Urls.First();
            environment.Port = new Uri(address).Port;
            environment.SandboxPort = new Uri(app.Urls.Last()).Port;
            Console.WriteLine($"Haneul listens on {address}");
            Console.WriteLine($"  export AWS_ENDPOINT_URL={address} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1");
            Console.WriteLine("Ready.");
            await app.WaitForShutdownAsync();
            if (environment.Ephemeral)
            {
                Directory.Delete(environment.DataDirectory, recursive: true);
            }
        }

        return 0;
    }

    private static void Register(IServiceCollection services, HostOptions options, CloudEnvironment environment, IStore store)
    {
        services.AddSingleton(store);
        services.AddSingleton(environment);
        services.AddSingleton<TimeProvider>(new CloudClock(TimeProvider.System));
        services.AddSingleton(new DynamoDbOptions { Throttling = !options.Unthrottled });
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
