namespace Haneul.Scenarios.Tests.Linearizability;

/// <summary>
/// A call on a few registers as its client saw it: what it found, what it wrote, and when it was under way. One whose answer never came may have
/// happened at any time after it was sent, or never.
/// </summary>
/// <param name="Sent">When it was sent.</param>
/// <param name="Answered">When the answer came; null if it never did.</param>
/// <param name="Found">Values that were there: read, or required by a condition that held.</param>
/// <param name="Missed">Values that were not there: a condition that did not hold.</param>
/// <param name="Written">What was written, all at once.</param>
internal sealed record Call(
    long Sent, long? Answered, IReadOnlyList<Register> Found, IReadOnlyList<Register> Missed, IReadOnlyList<Register> Written)
{
    public bool Holds(ReadOnlySpan<int> state)
    {
        foreach (var (index, value) in Found)
        {
            if (state[index] != value)
            {
                return false;
            }
        }

        foreach (var (index, value) in Missed)
        {
            if (state[index] == value)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A register and a value; 0 where nothing was ever written.</summary>
internal readonly record struct Register(int Index, int Value);
