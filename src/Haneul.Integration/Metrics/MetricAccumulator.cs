using System.Runtime.InteropServices;

namespace Haneul.Integration.Metrics;

/// <summary>
/// Adds up what one series measures between two reports. Adding takes a few nanoseconds and allocates nothing once the shape of a
/// distribution is known; threads on different cores do not meet.
/// </summary>
public sealed class MetricAccumulator
{
    private static readonly int s_cells = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 16));
    private readonly Cell[] _cells = new Cell[s_cells];
    private readonly bool _distribution;

    /// <param name="distribution">Whether percentiles will be asked for, as for a latency.</param>
    public MetricAccumulator(bool distribution)
    {
        _distribution = distribution;
        foreach (ref var cell in _cells.AsSpan())
        {
            cell.Clear();
        }
    }

    public void Add(double value)
    {
        ref var cell = ref _cells[Thread.GetCurrentProcessorId() & (s_cells - 1)];
        cell.Enter();
        cell.Count++;
        cell.Sum += value;
        cell.Minimum = Math.Min(cell.Minimum, value);
        cell.Maximum = Math.Max(cell.Maximum, value);
        if (_distribution)
        {
            (cell.Distribution ??= new MetricDistribution()).Add(value);
        }

        cell.Leave();
    }

    /// <summary>Takes out what was added since the last time; null if nothing was.</summary>
    public MetricSummary? Take()
    {
        MetricSummary? taken = null;
        foreach (ref var cell in _cells.AsSpan())
        {
            cell.Enter();
            if (cell.Count > 0)
            {
                taken ??= new MetricSummary(_distribution);
                taken.Add(new MetricSummary(cell.Count, cell.Sum, cell.Minimum, cell.Maximum, cell.Distribution));
                cell.Clear();
            }

            cell.Leave();
        }

        return taken;
    }

    // Two cache lines each, so that cores do not share one. The lock is held for a few instructions: a waiting thread spins.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Cell
    {
        public double Count;
        public double Sum;
        public double Minimum;
        public double Maximum;
        public MetricDistribution? Distribution;
        private int _taken;

        public void Enter()
        {
            var spin = new SpinWait();
            while (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
            {
                spin.SpinOnce();
            }
        }

        public void Leave() => Volatile.Write(ref _taken, 0);

        public void Clear()
        {
            (Count, Sum, Minimum, Maximum) = (0, 0, double.PositiveInfinity, double.NegativeInfinity);
            Distribution?.Clear();
        }
    }
}
