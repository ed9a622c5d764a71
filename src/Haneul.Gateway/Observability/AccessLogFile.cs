namespace Haneul.Gateway.Observability;

/// <summary>Opens the access log that the options name, and closes it with the cloud.</summary>
internal sealed class AccessLogFile : IAsyncDisposable
{
    public AccessLogFile(GatewayOptions options) => Log = options.AccessLog switch
    {
        null => null,
        "-" => new AccessLog(Console.OpenStandardOutput()),
        var path => new AccessLog(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)),
    };

    public AccessLog? Log { get; }

    public ValueTask DisposeAsync() => Log?.DisposeAsync() ?? default;
}
