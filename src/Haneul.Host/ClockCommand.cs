using System.Globalization;

namespace Haneul.Host;

/// <summary>Shows, stops and moves the clock of a running cloud.</summary>
internal static class ClockCommand
{
    private const string Help = "usage: haneul clock [freeze | resume | advance SPAN] [--port N], with a span such as 90s, 15m, 3h or 2d";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var port = "4566";
        var words = new List<string>(arguments);
        if (words.IndexOf("--port") is var at and >= 0 && at + 1 < words.Count)
        {
            port = words[at + 1];
            words.RemoveRange(at, 2);
        }

        string? query = words switch
        {
            [] => "",
            ["freeze"] => "?action=freeze",
            ["resume"] => "?action=resume",
            ["advance", var span] when Seconds(span) is { } seconds => string.Create(CultureInfo.InvariantCulture, $"?action=advance&seconds={seconds}"),
            _ => null,
        };
        if (query is null || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            await Console.Error.WriteLineAsync(Help);
            return 2;
        }

        using var client = new HttpClient();
        var url = new Uri($"http://127.0.0.1:{port}/_haneul/clock{query}");
        try
        {
            using var response = query.Length == 0 ? await client.GetAsync(url) : await client.PostAsync(url, content: null);
            Console.WriteLine(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"haneul: no cloud answers on port {port}: {exception.Message}");
            return 1;
        }
    }

    private static double? Seconds(string span)
    {
        double? unit = span.Length < 2 ? null : span[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => null };
        return unit is not null && double.TryParse(span.AsSpan(0, span.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
            ? n * unit
            : null;
    }
}
