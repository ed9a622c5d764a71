using System.Diagnostics;
using System.Globalization;

namespace Haneul.Fuzz;

/// <summary>Feeds one target for a while and tells what it did.</summary>
internal sealed class Fuzzer(int seed, TimeSpan duration, TextWriter output)
{
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_stuck = TimeSpan.FromSeconds(20);

    /// <summary>False if the target has a defect.</summary>
    public bool Run(FuzzTarget target)
    {
        output.WriteLine(Text($"{target.Name}: seed {seed}"));
        foreach (var good in target.Seeds)
        {
            // A seed that is refused tests nothing but the refusal.
            if (Defect(target, good, -1) is not false)
            {
                output.WriteLine("  a good input is not taken: " + Convert.ToBase64String(good));
                return false;
            }
        }

        long iteration = 0, refused = 0;
        var slow = 0;
        byte[] input = [];
        var began = Stopwatch.GetTimestamp();
        var started = began;
        using var watchdog = new Timer(
            _ =>
            {
                if (Stopwatch.GetElapsedTime(Volatile.Read(ref started)) > s_stuck)
                {
                    output.WriteLine(Text($"  stuck at {iteration}: {Convert.ToBase64String(input)}"));
                    Environment.Exit(1);
                }
            },
            state: null, s_stuck, s_stuck);
        for (; Stopwatch.GetElapsedTime(began) < duration; iteration++)
        {
            input = Mutator.Make(target, seed, iteration);
            Volatile.Write(ref started, Stopwatch.GetTimestamp());
            switch (Defect(target, input, iteration))
            {
                case true:
                    return false;
                case null:
                    refused++;
                    break;
            }

            var took = Stopwatch.GetElapsedTime(started);
            if (took > s_slow && slow++ < 3)
            {
                output.WriteLine(Text($"  slow at {iteration}: {took.TotalMilliseconds:0} ms: {Convert.ToBase64String(input)}"));
            }
        }

        var rate = iteration / Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(Text($"  {iteration} inputs, {rate:0} a second, {refused} refused, {slow} slow"));
        return true;
    }

    // True for a defect, null for a refusal.
    private bool? Defect(FuzzTarget target, byte[] input, long iteration)
    {
        try
        {
            target.Run(input);
            return false;
        }
        catch (Exception exception) when (target.Refuses(exception))
        {
            return null;
        }
        catch (Exception exception)
        {
            output.WriteLine(Text($"  defect at {iteration}: {Convert.ToBase64String(input)}"));
            output.WriteLine("  " + exception);
            return true;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
