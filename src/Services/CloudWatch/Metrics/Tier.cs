namespace Haneul.CloudWatch.Metrics;

/// <summary>
/// A length of stored points and how long they are kept; then they become points of the next tier.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention"/>
/// </summary>
internal sealed record Tier(byte Number, uint Seconds, TimeSpan Kept)
{
    public static Tier Second { get; } = new(0, 1, TimeSpan.FromHours(3));

    public static Tier Minute { get; } = new(1, 60, TimeSpan.FromDays(15));

    /// <summary>From the shortest points to the longest.</summary>
    public static IReadOnlyList<Tier> All { get; } =
        [Second, Minute, new(2, 300, TimeSpan.FromDays(63)), new(3, 3600, TimeSpan.FromDays(455))];

    /// <summary>Where a point of this age belongs.</summary>
    public static Tier For(bool highResolution, TimeSpan age) => highResolution && age < Second.Kept ? Second : Minute;

    public uint Floor(uint second) => second - (second % Seconds);
}
