using System.Text.Json;
using Haneul.CloudWatch.Contracts;

namespace Haneul.CloudWatch.Dashboards;

/// <summary>
/// What is wrong with a dashboard's body: errors, with which it is not stored, and warnings.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html"/>
/// </summary>
internal static class DashboardRules
{
    private const int MaxWidgets = 500;
    private const int GridWidth = 24;
    private const int MaxHeight = 1_000;
    private static readonly string[] s_types = ["metric", "text", "log", "alarm", "explorer", "custom", "trace"];

    public static (List<DashboardValidationMessage> Errors, List<DashboardValidationMessage> Warnings) Check(string body)
    {
        var errors = new List<DashboardValidationMessage>();
        var warnings = new List<DashboardValidationMessage>();
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(body));
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            Add(errors, "", "The field DashboardBody must be a valid JSON object");
            return (errors, warnings);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            Add(errors, "", "The field DashboardBody must be a valid JSON object");
        }
        else if (!root.TryGetProperty("widgets", out var widgets))
        {
            Add(errors, "", "Should have required property 'widgets'");
        }
        else if (widgets.ValueKind != JsonValueKind.Array)
        {
            Add(errors, "/widgets", "Should be array");
        }
        else if (widgets.GetArrayLength() > MaxWidgets)
        {
            Add(errors, "/widgets", $"Should NOT have more than {MaxWidgets} items");
        }
        else
        {
            var index = 0;
            foreach (var widget in widgets.EnumerateArray())
            {
                CheckWidget(widget, $"/widgets/{index++}", errors, warnings);
            }
        }

        return (errors, warnings);
    }

    private static void CheckWidget(
        JsonElement widget, string path, List<DashboardValidationMessage> errors, List<DashboardValidationMessage> warnings)
    {
        if (widget.ValueKind != JsonValueKind.Object)
        {
            Add(errors, path, "Should be object");
            return;
        }

        if (!widget.TryGetProperty("type", out var type))
        {
            Add(errors, path, "Should have required property 'type'");
        }
        else if (type.ValueKind != JsonValueKind.String || !s_types.Contains(type.GetString()))
        {
            Add(errors, path + "/type", "Should be equal to one of the allowed values: " + string.Join(", ", s_types));
        }

        CheckNumber(widget, "x", path, 0, GridWidth - 1, errors);
        CheckNumber(widget, "y", path, 0, int.MaxValue, errors);
        CheckNumber(widget, "width", path, 1, GridWidth, errors);
        CheckNumber(widget, "height", path, 1, MaxHeight, errors);
        if (!widget.TryGetProperty("properties", out var properties))
        {
            Add(errors, path, "Should have required property 'properties'");
        }
        else if (properties.ValueKind != JsonValueKind.Object)
        {
            Add(errors, path + "/properties", "Should be object");
        }
        else if (type.ValueKind == JsonValueKind.String)
        {
            CheckProperties(type.GetString(), properties, path + "/properties", errors, warnings);
        }
    }

    private static void CheckProperties(
        string? type, JsonElement properties, string path, List<DashboardValidationMessage> errors, List<DashboardValidationMessage> warnings)
    {
        switch (type)
        {
            case "metric" when !properties.TryGetProperty("metrics", out _) && !properties.TryGetProperty("annotations", out _):
                Add(errors, path, "Should have required property 'metrics'");
                break;
            case "metric" when properties.TryGetProperty("metrics", out var metrics) && metrics.ValueKind != JsonValueKind.Array:
                Add(errors, path + "/metrics", "Should be array");
                break;
            case "text" when !properties.TryGetProperty("markdown", out _):
                Add(errors, path, "Should have required property 'markdown'");
                break;
            case "log" when !properties.TryGetProperty("query", out _):
                Add(errors, path, "Should have required property 'query'");
                break;
            case "alarm" when !properties.TryGetProperty("alarms", out _):
                Add(errors, path, "Should have required property 'alarms'");
                break;
        }

        if (type is "metric" or "log" && !properties.TryGetProperty("region", out _))
        {
            Add(warnings, path, "Should have property 'region'; the dashboard's own region is shown without it");
        }
    }

    private static void CheckNumber(
        JsonElement widget, string name, string path, int least, int most, List<DashboardValidationMessage> errors)
    {
        if (widget.TryGetProperty(name, out var value)
            && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < least || number > most))
        {
            Add(errors, $"{path}/{name}", $"Should be an integer >= {least}{(most == int.MaxValue ? "" : $" and <= {most}")}");
        }
    }

    private static void Add(List<DashboardValidationMessage> messages, string path, string message) =>
        messages.Add(new DashboardValidationMessage { DataPath = path, Message = message });
}
