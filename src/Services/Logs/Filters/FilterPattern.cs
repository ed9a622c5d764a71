namespace Haneul.Logs.Filters;

/// <summary>
/// Which messages a pattern picks: by words, by members of JSON, or by columns.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"/>
/// </summary>
internal abstract class FilterPattern
{
    /// <summary>A pattern of at most this many characters is taken.</summary>
    public const int MaxLength = 1024;

    /// <summary>The pattern that picks everything.</summary>
    public static FilterPattern All { get; } = new TermPattern([], [], []);

    public abstract bool Matches(string message);

    /// <summary>What can be taken out of a message by name: the columns, or the members that the pattern speaks of.</summary>
    public virtual IReadOnlyList<string> Selectors => [];

    /// <summary>The value of a selector, such as <c>$.size</c> or <c>$bytes</c>, in a message that matches; null if it has none.</summary>
    public virtual string? Extract(string selector, string message) => null;

    /// <exception cref="FormatException">The text is no pattern; the message says where it stops being one.</exception>
    public static FilterPattern Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length > MaxLength)
        {
            throw new FormatException($"A pattern has at most {MaxLength} characters.");
        }

        return trimmed.Length == 0 ? All : trimmed[0] switch
        {
            '{' => JsonPattern.Parse(trimmed),
            '[' => ColumnPattern.Parse(trimmed),
            _ => TermPattern.Parse(trimmed),
        };
    }
}
