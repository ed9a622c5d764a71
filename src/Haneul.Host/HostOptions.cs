using System.Globalization;
using Haneul.Gateway;

namespace Haneul.Host;

/// <summary>What the command line says.</summary>
internal sealed record HostOptions(string Data, bool Ephemeral, int Port, AuthMode Auth)
{
    /// <exception cref="ArgumentException">An option is unknown or its value cannot be read; the message names it.</exception>
    public static HostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new HostOptions(Path.Combine(Environment.CurrentDirectory, ".haneul"), Ephemeral: false, Port: 4566, AuthMode.Open);
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--ephemeral" => options with { Ephemeral = true },
                "--unthrottled" => options with { Unthrottled = true },
                "--data" => options with { Data = Path.GetFullPath(Value()) },
                "--port" => options with
                {
                    Port = ushort.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        ? port
                        : throw new ArgumentException("--port takes a number from 0 to 65535."),
                },
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
}
