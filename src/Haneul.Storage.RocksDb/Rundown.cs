using System.Runtime.InteropServices;

namespace Haneul.Storage.RocksDb;

/// <summary>
/// Counts who is inside native code, so that the database is not closed under them. Counters are spread over cache lines: two
/// threads that read do not meet.
/// </summary>
internal sealed class Rundown
{
    private readonly Slot[] _slots = new Slot[16];
    private volatile bool _closed;

    /// <summary>Enters; leave with the number that is returned.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed or closing.</exception>
    public int Enter()
    {
        var slot = Environment.CurrentManagedThreadId & 15;

        // The full fence of the increment orders it before the look at the flag, as the one in Close orders the flag before the counts.
        Interlocked.Increment(ref _slots[slot].Users);
        if (_closed)
        {
            Leave(slot);
            throw new ObjectDisposedException(nameof(IStore));
        }

        return slot;
    }

    public void Leave(int slot) => Interlocked.Decrement(ref _slots[slot].Users);

    /// <summary>Lets nobody in any more and waits for those who are inside.</summary>
    /// <returns>False if somebody is still inside after the time given.</returns>
    public async Task<bool> CloseAsync(TimeSpan atMost)
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        var started = TimeProvider.System.GetTimestamp();
        while (Users() > 0)
        {
            if (TimeProvider.System.GetElapsedTime(started) > atMost)
            {
                return false;
            }

            await Task.Delay(1).ConfigureAwait(false);
        }

        return true;
    }

    private int Users()
    {
        // A sum over counters that change may be off, but with the door closed it only falls: zero is zero.
        var users = 0;
        foreach (ref var slot in _slots.AsSpan())
        {
            users += Volatile.Read(ref slot.Users);
        }

        return users;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Slot
    {
        [FieldOffset(0)]
        public int Users;
    }
}
