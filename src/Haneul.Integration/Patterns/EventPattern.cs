using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Haneul.Integration.Patterns;

/// <summary>
/// A pattern for events in JSON: it names the fields that matter, and rules for the values of each.
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"/>
/// </summary>
public sealed class EventPattern
{
    private const int MaxDepth = 32;

    private readonly PatternNode _root;

    private EventPattern(PatternNode root) => _root = root;

    /// <summary>Reads a pattern.</summary>
    /// <param name="json">An object in JSON.</param>
    /// <param name="numbersInTexts">Whether numeric rules also match texts that hold a number, as DynamoDB writes its numbers.</param>
    /// <param name="pattern">The pattern.</param>
    public static bool TryParse(string json, bool numbersInTexts, [NotNullWhen(true)] out EventPattern? pattern)
    {
        pattern = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            pattern = new EventPattern(PatternNode.Read(document.RootElement, numbersInTexts));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    public bool Matches(JsonElement value) => _root.Matches(value);
}
