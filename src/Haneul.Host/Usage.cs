namespace Haneul.Host;

internal static class Usage
{
    public const string Text =
        """
        usage: haneul COMMAND

          up       starts the cloud
                     --data DIR     where everything is kept (./.haneul)
                     --unthrottled  DynamoDB tables take more than their provisioned throughput
                     --ephemeral    keeps everything in memory
                     --port N       the port on 127.0.0.1 (4566)
                     --auth MODE    open: unknown keys act as root from loopback; strict: they are refused
          clock    shows the clock of a running cloud; freeze, resume, advance SPAN
          repair   opens a damaged data directory, moving what cannot be read to DIR/lost
                     --data DIR
          version  prints the version
          help     prints this text
        """;
}
