using System.Collections.Concurrent;

namespace Haneul.Auth;

/// <summary>
/// What was made of texts that come again with every request of a client. Bounded: when it is full it begins anew, and long texts are not kept,
/// so that a stranger cannot fill the memory.
/// </summary>
internal sealed class KnownTexts<T>
    where T : class
{
    private const int MaxKept = 4096;
    private const int MaxLength = 512;

    private readonly ConcurrentDictionary<string, T> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Func<string, T?> _make;
    private int _count;

    /// <param name="make">Makes the value; null for a text that means nothing.</param>
    public KnownTexts(Func<string, T?> make)
    {
        _make = make;
        _lookup = _kept.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public T? Of(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var key = text.ToString();
        var made = _make(key);
        if (made is null || key.Length > MaxLength)
        {
            return made;
        }

        if (Interlocked.Increment(ref _count) > MaxKept)
        {
            _kept.Clear();
            _count = 0;
        }

        return _kept.GetOrAdd(key, made);
    }
}
