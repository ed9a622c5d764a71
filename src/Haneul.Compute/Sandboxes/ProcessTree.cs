using System.Globalization;

namespace Haneul.Compute.Sandboxes;

/// <summary>What the kernel tells of a process and its descendants; for machines where no control group counts.</summary>
internal static class ProcessTree
{
    /// <summary>The sum of the most memory that each of them had, in bytes.</summary>
    public static long PeakMemory(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        long sum = 0;
        try
        {
            foreach (var line in File.ReadLines($"/proc/{id}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    sum = long.Parse(line.AsSpan("VmHWM:".Length).Trim()[..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
                }
            }

            foreach (var child in File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                sum += PeakMemory(int.Parse(child, CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }

        return sum;
    }
}
