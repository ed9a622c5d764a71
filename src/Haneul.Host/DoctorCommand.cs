using System.Net;
using System.Net.Sockets;
using Haneul.Compute.Machine;

namespace Haneul.Host;

/// <summary>Says what the machine offers to the cloud, what is missing, what that costs and how to get it.</summary>
internal static class DoctorCommand
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

        var host = HostCapabilities.Detect();
        var broken = false;
        Console.WriteLine("The cloud");
        broken |= !Line(IsWritable(options.Data), $"data in {options.Data}", "Nothing can be kept.", "Choose another directory with --data, or give this user the right to write there.");
        Line(
            IsFree(options.Port), $"port {options.Port} is free", "A cloud is running, or another program has the port.",
            "Choose another port with --port, or see who has it: ss -ltnp");
        Console.WriteLine();
        Console.WriteLine("Functions");
        foreach (var capability in host.Capabilities)
        {
            broken |= !Line(capability.Present, capability.Name, capability.Cost, capability.Remedy) && capability.Cost.StartsWith("No function", StringComparison.Ordinal);
        }

        Console.WriteLine();
        Console.WriteLine("Runtimes");
        foreach (var runtime in host.Runtimes)
        {
            var text = runtime switch
            {
                { Interpreter: null } => "no interpreter on this machine",
                { Exact: true } => runtime.Interpreter.Path,
                _ => $"{runtime.Interpreter.Path}, the nearest one (version {runtime.Interpreter.Version})",
            };
            Console.WriteLine($"  {(runtime.Interpreter is null ? "--" : "ok")}  {runtime.Runtime,-12} {text}");
        }

        Console.WriteLine($"  ok  {"provided.*",-12} any Linux program named bootstrap");
        return broken ? 1 : 0;
    }

    private static bool Line(bool present, string name, string cost, string? remedy)
    {
        Console.WriteLine($"  {(present ? "ok" : "--")}  {name}");
        if (!present)
        {
            Console.WriteLine($"        {cost}{(remedy is null ? "" : $" {remedy}")}");
        }

        return present;
    }

    private static bool IsWritable(string directory)
    {
        try
        {
            var existed = Directory.Exists(directory);
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, ".probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            if (!existed)
            {
                Directory.Delete(directory);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
