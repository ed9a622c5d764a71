namespace Haneul.Storage;

/// <summary>A scan under way. One thread at a time; <c>foreach</c> disposes it.</summary>
public abstract class Cursor : IDisposable
{
    /// <summary>The entry the cursor stands on; valid until the next move.</summary>
    public Entry Current => new(Key, Value);

    /// <summary>The key inside its partition.</summary>
    public abstract ReadOnlySpan<byte> Key { get; }

    public abstract ReadOnlySpan<byte> Value { get; }

    /// <exception cref="StorageException">The engine cannot read on; a scan never ends early in silence.</exception>
    public abstract bool MoveNext();

    /// <summary>So that a scan can stand in a <c>foreach</c>.</summary>
    public Cursor GetEnumerator() => this;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
