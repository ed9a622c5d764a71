namespace Haneul.Storage.Embedded;

/// <summary>
/// Exclusive latches for partitions, held for the microseconds of reading, deciding and appending. Partitions share a fixed
/// number of them, so that a million partitions cost no more than one.
/// </summary>
internal sealed class Latches
{
    private const int Count = 1024;

    // A decision that commits by other means would wait for itself or, with another thread, for ever: refused instead.
    [ThreadStatic]
    private static bool s_inside;

    private readonly Lock[] _latches = new Lock[Count];

    public Latches()
    {
        for (var i = 0; i < Count; i++)
        {
            _latches[i] = new Lock();
        }
    }

    public static int IndexOf(PartitionId id) => (int)((uint)id.GetHashCode() % Count);

    public Scope Enter(int latch)
    {
        RefuseInside();
        _latches[latch].Enter();
        s_inside = true;
        return new Scope(_latches, latch, null);
    }

    /// <summary>Takes several latches in the order that every thread takes them in.</summary>
    /// <param name="ascending">Distinct indexes, ascending.</param>
    public Scope Enter(int[] ascending)
    {
        RefuseInside();
        foreach (var index in ascending)
        {
            _latches[index].Enter();
        }

        s_inside = true;
        return new Scope(_latches, -1, ascending);
    }

    private static void RefuseInside()
    {
        if (s_inside)
        {
            throw new InvalidOperationException("A decision commits through its batch only.");
        }
    }

    /// <summary>One latch or several, until disposed.</summary>
    public readonly ref struct Scope(Lock[] latches, int one, int[]? several)
    {
        public void Dispose()
        {
            s_inside = false;
            if (several is null)
            {
                latches[one].Exit();
                return;
            }

            for (var i = several.Length - 1; i >= 0; i--)
            {
                latches[several[i]].Exit();
            }
        }
    }
}
