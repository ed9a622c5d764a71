using Haneul.Storage.Embedded;
using Haneul.Storage.Formats;

namespace Haneul.Storage.RocksDb;

/// <summary>Opens the store on disk.</summary>
public static class RocksDbStore
{
    /// <summary>Opens or makes the store in a directory, and upgrades it if it is of an older format.</summary>
    /// <exception cref="StorageException">
    /// The directory is in use, damaged, out of space, or of a newer format; the message says what to do.
    /// </exception>
    public static ValueTask<IStore> OpenAsync(string directory, RocksDbStoreOptions options, CancellationToken cancel) =>
        OpenAsync(directory, options, StoreFormat.Current, cancel);

    /// <summary>
    /// Rebuilds a damaged store from its undamaged tables and logs. A damaged table is left out as a whole, and older values of its
    /// keys may show again. For an operator who has no backup, on a copy of the directory, with the store closed, with the version of Haneul that wrote it.
    /// </summary>
    /// <returns>The files that were left out; they lie in the directory's <c>lost</c> folder.</returns>
    /// <exception cref="StorageException">The directory is in use, or cannot be repaired.</exception>
    public static async ValueTask<IReadOnlyList<string>> RepairAsync(string directory, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var full = Path.GetFullPath(directory);
        await Task.Run(() => RocksDbEngine.Repair(full), cancel).ConfigureAwait(false);
        await using (var store = new EmbeddedStore(OpenEngine(full, new RocksDbStoreOptions())))
        {
            await StoreFormat.Current.RestoreMarkAsync(store).ConfigureAwait(false);
        }

        var lost = Path.Combine(full, "lost");
        return Directory.Exists(lost) ? [.. Directory.GetFiles(lost).Order(StringComparer.Ordinal)] : [];
    }

    internal static async ValueTask<IStore> OpenAsync(
        string directory, RocksDbStoreOptions options, StoreFormat format, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(options);

        // Opening reads files: not on the caller's thread, which may be starting the rest of the cloud meanwhile.
        var store = await Task.Run<IStore>(() => new EmbeddedStore(OpenEngine(directory, options)), cancel).ConfigureAwait(false);
        try
        {
            await format.EnsureAsync(store, cancel).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static RocksDbEngine OpenEngine(string directory, RocksDbStoreOptions options)
    {
        var full = Path.GetFullPath(directory);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFailure.Unavailable, $"The data directory {full} cannot be made: {exception.Message}", exception);
        }

        return RocksDbEngine.Open(full, options);
    }
}
