namespace Haneul.Compute.Cgroups;

/// <summary>
/// How much of the processors a function gets: in proportion to its memory, one processor at 1,769 MB.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"/>
/// </summary>
internal static class CpuShare
{
    /// <summary>The scheduler's period in microseconds. A short one keeps small functions from standing still for long.</summary>
    public const long Period = 20_000;

    // The kernel takes no less.
    private const long MinQuota = 1_000;

    public static double Of(int memoryMegabytes) => memoryMegabytes / 1769.0;

    public static long Quota(double processors) => Math.Max(MinQuota, (long)(Period * processors));
}
