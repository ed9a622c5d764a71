using System.Globalization;
using System.Net;
using Haneul.Gateway;

namespace Haneul.Host;

/// <summary>What the command line says.</summary>
internal sealed record HostOptions(string Data, bool Ephemeral, IPAddress Listen, int Port, AuthMode Auth, IReadOnlyList<string> Hosts, string? AccessLog, Uri? Otlp)
{
    /// <summary>What was allowed can be explained too.</summary>
    public bool ExplainAllowed { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or its value cannot be read; the message names it.</exception>
    public static HostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new HostOptions(Path.Combine(Environment.CurrentDirectory, ".haneul"), Ephemeral: false, IPAddress.Loopback, Port: 4566, AuthMode.Open, Hosts: [], AccessLog: null, Otlp: null);
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--ephemeral" => options with { Ephemeral = true },
                "--explain-allowed" => options with { ExplainAllowed = true },
                "--listen" => options with
                {
                    Listen = IPAddress.TryParse(Value(), out var address) ? address : throw new ArgumentException("--listen takes an IP address."),
                },
                "--unthrottled" => options with { Unthrottled = true },
                "--replication-delay" => options with
                {
                    ReplicationDelay = double.TryParse(Value(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                        && seconds <= 3600
                        ? TimeSpan.FromSeconds(seconds)
                        : throw new ArgumentException("--replication-delay takes a number of seconds up to 3600."),
                },
                "--api-rate" => options with
                {
                    ApiRate = Value() switch
                    {
                        "unlimited" => -1,
                        var rate => uint.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                            ? number
                            : throw new ArgumentException("--api-rate takes a number of requests a second, or unlimited."),
                    },
                },
                "--data" => options with { Data = Path.GetFullPath(Value()) },
                "--port" => options with
                {
                    Port = ushort.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        ? port
                        : throw new ArgumentException("--port takes a number from 0 to 65535."),
                },
                "--access-log" => options with { AccessLog = Value() is var path && path == "-" ? path : Path.GetFullPath(path) },
                "--otlp" => options with
                {
                    Otlp = Uri.TryCreate(Value().TrimEnd('/') + "/", UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"
                        ? collector
                        : throw new ArgumentException("--otlp takes a URL, such as http://127.0.0.1:4318."),
                },
                "--host" => options with { Hosts = [.. options.Hosts, Value()] },
                "--auth" => options with
                {
                    Auth = Value() switch
                    {
                        "open" => AuthMode.Open,
                        "strict" => AuthMode.Strict,
                        var other => throw new ArgumentException($"--auth takes open or strict, not {other}."),
                    },
                },
                _ => throw new ArgumentException($"Unknown option {name}."),
            };

            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
        }

        return options;
    }

    /// <summary>Provisioned throughput of DynamoDB tables refuses nothing.</summary>
    public bool Unthrottled { get; init; }

    /// <summary>Requests a second that an account's APIs take; negative for no limit.</summary>
    public double ApiRate { get; init; } = 10_000;

    /// <summary>How long changes of DynamoDB's global tables take to other regions.</summary>
    public TimeSpan ReplicationDelay { get; init; }
}
