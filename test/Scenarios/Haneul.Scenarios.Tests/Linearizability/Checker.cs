using System.Runtime.InteropServices;

namespace Haneul.Scenarios.Tests.Linearizability;

/// <summary>
/// Looks for an order of calls in which each happens at one moment between being sent and being answered, and finds what the ones before left:
/// the search of Wing and Gong, which remembers where it has been as Lowe proposed.
/// </summary>
internal sealed class Checker
{
    private readonly Call[] _calls;
    private readonly bool[] _done;
    private readonly HashSet<Memory> _seen = [];
    private readonly int[] _state;
    private int _first;

    private Checker(IEnumerable<Call> calls, int registers)
    {
        _calls = [.. calls.OrderBy(call => call.Sent)];
        _done = new bool[_calls.Length];
        _state = new int[registers];
    }

    public static bool IsLinearizable(IEnumerable<Call> calls, int registers) => new Checker(calls, registers).Search();

    private bool Search()
    {
        while (_first < _calls.Length && _done[_first])
        {
            _first++;
        }

        // The next call must have been sent before any that is still to come was answered.
        var end = long.MaxValue;
        for (var i = _first; i < _calls.Length && _calls[i].Sent < end; i++)
        {
            if (!_done[i])
            {
                end = Math.Min(end, _calls[i].Answered ?? long.MaxValue);
            }
        }

        if (end == long.MaxValue)
        {
            return true; // what is left was never answered, and need not have happened
        }

        if (!_seen.Add(new Memory(_first, _done, _state)))
        {
            return false;
        }

        var first = _first;
        Span<int> before = stackalloc int[_state.Length];
        _state.CopyTo(before);
        for (var i = first; i < _calls.Length && _calls[i].Sent < end; i++)
        {
            if (_done[i] || !_calls[i].Holds(_state))
            {
                continue;
            }

            foreach (var (index, value) in _calls[i].Written)
            {
                _state[index] = value;
            }

            _done[i] = true;
            if (Search())
            {
                return true;
            }

            _done[i] = false;
            _first = first;
            before.CopyTo(_state);
        }

        return false;
    }

    /// <summary>Which calls have happened, and what they left.</summary>
    private readonly struct Memory : IEquatable<Memory>
    {
        private readonly int[] _words;

        public Memory(int first, bool[] done, int[] state)
        {
            var last = Array.LastIndexOf(done, true) + 1;
            var words = new List<int>(state) { first };
            for (var i = first; i < last; i += 32)
            {
                var word = 0;
                for (var bit = 0; bit < 32 && i + bit < last; bit++)
                {
                    word |= done[i + bit] ? 1 << bit : 0;
                }

                words.Add(word);
            }

            _words = [.. words];
        }

        public bool Equals(Memory other) => _words.AsSpan().SequenceEqual(other._words);

        public override bool Equals(object? obj) => obj is Memory other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(_words.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
