using System.Globalization;
using System.Text.Json;

namespace Haneul.Host;

/// <summary>Tells why a request was denied, from what a running cloud remembers.</summary>
internal static class ExplainCommand
{
    private const string Help = "usage: haneul explain REQUEST_ID [--port N], with the request id that the error came with";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (id, port) = arguments switch
        {
            [var only] => (only, "4566"),
            [var first, "--port", var number] => (first, number),
            ["--port", var number, var last] => (last, number),
            _ => ("", ""),
        };
        if (id.Length == 0 || id[0] == '-' || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            await Console.Error.WriteLineAsync(Help);
            return 2;
        }

        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/_haneul/explain?id={Uri.EscapeDataString(id)}"));
            var body = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
            {
                await Console.Error.WriteLineAsync("haneul: " + body.TrimEnd());
                return 1;
            }

            Print(body, Console.Out);
            return 0;
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"haneul: no cloud answers on port {port}: {exception.Message}");
            return 1;
        }
    }

    private static void Print(string body, TextWriter to)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var decision in document.RootElement.GetProperty("decisions").EnumerateArray())
        {
            to.WriteLine($"principal  {Text(decision, "principal")}");
            to.WriteLine($"action     {Text(decision, "action")}");
            to.WriteLine($"resource   {Text(decision, "resource")}");
            to.WriteLine($"time       {Text(decision, "time")}");
            to.WriteLine();
            if (decision.GetProperty("policies").GetArrayLength() == 0)
            {
                to.WriteLine("No policy applies to the principal or the resource.");
            }

            foreach (var policy in decision.GetProperty("policies").EnumerateArray())
            {
                var unreadable = policy.GetProperty("readable").GetBoolean() ? "" : ": cannot be read, so it allows nothing";
                to.WriteLine($"{Text(policy, "type")} policy {Text(policy, "id")}{unreadable}");
                foreach (var statement in policy.GetProperty("statements").EnumerateArray())
                {
                    var verdict = statement.GetProperty("applies").GetBoolean() ? "applies" : "does not apply: " + Text(statement, "why");
                    to.WriteLine($"  {Text(statement, "effect"),-5} {Text(statement, "statement")}  {verdict}");
                }
            }

            to.WriteLine();
            to.WriteLine(Text(decision, "conclusion"));
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
