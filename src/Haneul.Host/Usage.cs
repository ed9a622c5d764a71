namespace Haneul.Host;

internal static class Usage
{
    public const string Text =
        """
        usage: haneul COMMAND

          up       starts the cloud
                     --data DIR     where everything is kept (./.haneul)
                     --unthrottled  DynamoDB tables take any throughput
                     --api-rate N   requests a second that an account's APIs take in a region (10000), or unlimited
                     --replication-delay SECONDS  how late DynamoDB's global tables are in other regions (0)
                     --ephemeral    keeps everything in memory
                     --port N       the port (4566)
                     --listen IP    the address; from elsewhere than this machine only keys issued here are taken (127.0.0.1)
                     --access-log F a line of JSON for every request; - for standard output
                     --otlp URL     sends metrics and traces to an OpenTelemetry collector
                     --host NAME    a further name of this machine that clients may use; may be given again
                     --auth MODE    open: unknown keys act as root from loopback; strict: they are refused
                     --explain-allowed  explain tells of what was allowed, too
          clock    shows the clock of a running cloud; freeze, resume, advance SPAN
          explain  tells why a request was denied: explain REQUEST_ID
          doctor   says what this machine offers, what is missing and what that costs
          env      prints the settings that point clients here, with the root's key: eval "$(haneul env)"
                     --data DIR  --port N
          repair   opens a damaged data directory, moving what cannot be read to DIR/lost
                     --data DIR
          compatibility  prints which operations are served, and what differs from AWS
          version  prints the version
          help     prints this text
        """;
}
