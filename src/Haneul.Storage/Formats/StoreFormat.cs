using System.Buffers.Binary;
using System.Reflection;
using System.Text;

namespace Haneul.Storage.Formats;

/// <summary>
/// Which layout of keys and values the data has. Checked before anything else reads: newer data is refused, older is upgraded.
/// </summary>
/// <param name="version">The format that this program writes.</param>
/// <param name="program">The program's own version, for messages.</param>
/// <param name="upgrades">One upgrade for every older format that is still read.</param>
public sealed class StoreFormat(int version, string program, IReadOnlyList<IStoreUpgrade> upgrades)
{
    // Value: version of the value (1), format (4), program version in UTF-8.
    private const byte ValueVersion = 1;

    private static ReadOnlySpan<byte> Key => "format"u8;

    /// <summary>The format of this version of Haneul.</summary>
    public static StoreFormat Current { get; } = new(
        version: 1,
        program: "Haneul " + (typeof(StoreFormat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"),
        upgrades: []);

    /// <summary>Marks an empty store, upgrades an older one step by step, and refuses a newer one.</summary>
    /// <exception cref="StorageException">The data is of a newer format, of one too old to upgrade, or not Haneul's.</exception>
    public async ValueTask EnsureAsync(IStore store, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(store);
        var system = store.Partition(PartitionId.System);
        var (found, writer) = Read(system, store);
        if (found > version)
        {
            throw new StorageException(
                StorageFailure.NewerFormat,
                $"The data has format {found}, written by {writer}; this is {program}, which knows formats up to {version}. "
                + $"Start {writer} or later, or restore a backup that was made with {program}. Nothing was changed.");
        }

        while (found < version)
        {
            if (found > 0)
            {
                var upgrade = upgrades.FirstOrDefault(upgrade => upgrade.From == found)
                    ?? throw new StorageException(
                        StorageFailure.Unavailable,
                        $"The data has format {found}, written by {writer}; {program} cannot upgrade it to format {version}. "
                        + "Start a version in between first. Nothing was changed.");
                await upgrade.RunAsync(store, cancel).ConfigureAwait(false);
            }

            found = found == 0 ? version : found + 1;
            await WriteAsync(system, found).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// After a repair that lost the format mark: takes the data for what this program writes. The operator repairs with the version
    /// that wrote the data.
    /// </summary>
    internal async ValueTask RestoreMarkAsync(IStore store)
    {
        var system = store.Partition(PartitionId.System);
        if (!system.Contains(Key))
        {
            await WriteAsync(system, version).ConfigureAwait(false);
        }
    }

    private static (int Format, string Writer) Read(IPartition system, IStore store)
    {
        using var value = system.Get(Key);
        if (!value.Exists)
        {
            return store.Partitions(PartitionId.System).Any()
                ? throw new StorageException(
                    StorageFailure.Corrupt,
                    "The data has no format mark, so it is not Haneul's or has been damaged. Choose another data directory, or restore a backup.")
                : (0, "nobody");
        }

        return value.Span.Length >= 5 && value.Span[0] == ValueVersion
            ? (BinaryPrimitives.ReadInt32BigEndian(value.Span[1..]), Encoding.UTF8.GetString(value.Span[5..]))
            : throw new StorageException(StorageFailure.Corrupt, "The format mark of the data is malformed. Restore a backup.");
    }

    private async ValueTask WriteAsync(IPartition system, int format)
    {
        var value = new byte[5 + Encoding.UTF8.GetByteCount(program)];
        value[0] = ValueVersion;
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(1), format);
        Encoding.UTF8.GetBytes(program, value.AsSpan(5));
        var batch = new Batch();
        batch.Put(Key, value);
        await system.CommitAsync(batch).ConfigureAwait(false);
    }
}
