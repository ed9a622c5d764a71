using Haneul.Integration.Metrics;

namespace Haneul.CloudWatch.Metrics;

/// <summary>The units and the numbers that stand for them on disk. The order is for ever; new units go to the end.</summary>
internal static class Units
{
    private static readonly string[] s_names =
    [
        MetricUnit.None, "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits",
        "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
        "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second",
    ];

    public static string Name(byte number) => s_names[number];

    /// <exception cref="ArgumentException">There is no such unit: the model checks what clients send.</exception>
    public static byte Number(string name) =>
        Array.IndexOf(s_names, name) is var index and >= 0 ? (byte)index : throw new ArgumentException($"'{name}' is not a unit.", nameof(name));
}
