namespace Haneul.Host;

/// <summary>Prints the settings that point AWS's clients here: <c>eval "$(haneul env)"</c>.</summary>
internal static class EnvCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        HostOptions options;
        StoredKey? key;
        try
        {
            options = HostOptions.Parse(arguments);
            key = RootKey.Read(options.Data);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync("haneul: " + exception.Message);
            return 1;
        }

        Console.WriteLine($"export AWS_ENDPOINT_URL=http://127.0.0.1:{options.Port}");
        Console.WriteLine($"export AWS_ACCESS_KEY_ID={key?.AccessKeyId ?? "test"}");
        Console.WriteLine($"export AWS_SECRET_ACCESS_KEY={key?.SecretAccessKey ?? "test"}");
        Console.WriteLine("export AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1");
        return 0;
    }
}
