namespace Haneul.Storage.RocksDb;

/// <summary>How the engine is set up: small at rest, quick to open, and never silent about damage.</summary>
internal static class RocksDbSettings
{
    // Names of the engine's numbers.
    private const int TolerateTornTail = 0;
    private const int NoCompression = 0;
    private const int WarningsOnly = 2;

    /// <summary>Options to open with; the caller destroys them.</summary>
    public static nint Of(RocksDbStoreOptions options)
    {
        var settings = Native.RocksDbOptions.Create();
        Native.RocksDbOptions.SetCreateIfMissing(settings, 1);

        // Writes gather in memory that is taken in small pieces, and the log stays as short as what is in memory.
        Native.RocksDbOptions.SetWriteBufferSize(settings, (nuint)options.WriteBufferSize);
        Native.RocksDbOptions.SetMaxWriteBufferNumber(settings, 3);
        Native.RocksDbOptions.SetArenaBlockSize(settings, 256 << 10);
        Native.RocksDbOptions.SetMaxTotalWalSize(settings, (ulong)options.WriteBufferSize * 4);
        Native.RocksDbOptions.SetMaxBackgroundJobs(settings, 2);

        // Every write hands its log record to the operating system before it becomes visible: a full disk is found out there, where
        // the engine can recover by itself (after a failed flush of a log buffer of its own it cannot; tried), and kill -9 loses nothing.
        Native.RocksDbOptions.SetManualWalFlush(settings, 0);

        // Writers that meet wait on a lock instead of spinning: on few cores the yields of many writers cost more than all the rest of a commit.
        Native.RocksDbOptions.SetWriteThreadAdaptiveYield(settings, 0);
        Native.RocksDbOptions.SetConcurrentMemtableWrite(settings, 0);

        // A record that was being written when the power went may be torn, at the end; damage anywhere else refuses to open.
        Native.RocksDbOptions.SetWalRecoveryMode(settings, TolerateTornTail);
        Native.RocksDbOptions.SetParanoidChecks(settings, 1);
        Native.RocksDbOptions.SetAvoidFlushDuringRecovery(settings, 1);

        // Space is taken as it is needed: small disks, honest `du`.
        Native.RocksDbOptions.SetAllowFallocate(settings, 0);
        Native.RocksDbOptions.SetManifestPreallocationSize(settings, 64 << 10);

        // All tables open: their ends are checked at start, and a read never waits for opening a file.
        Native.RocksDbOptions.SetMaxOpenFiles(settings, -1);
        Native.RocksDbOptions.SetSkipStatsUpdateOnOpen(settings, 1);
        Native.RocksDbOptions.SetStatsDumpPeriod(settings, 0);
        Native.RocksDbOptions.SetStatsPersistPeriod(settings, 0);
        Native.RocksDbOptions.SetInfoLogLevel(settings, WarningsOnly);
        Native.RocksDbOptions.SetKeepLogFileNum(settings, 2);
        Native.RocksDbOptions.SetMaxLogFileSize(settings, 1 << 20);
        Native.RocksDbOptions.SetCompression(settings, NoCompression);

        var table = Native.RocksDbOptions.TableCreate();
        var cache = Native.RocksDbOptions.CacheCreate((nuint)options.BlockCacheSize);
        Native.RocksDbOptions.TableSetBlockCache(table, cache);
        Native.RocksDbOptions.TableSetFilterPolicy(table, Native.RocksDbOptions.BloomFilter(bitsPerKey: 10));
        Native.RocksDbOptions.SetBlockBasedTableFactory(settings, table);
        Native.RocksDbOptions.TableDestroy(table);
        Native.RocksDbOptions.CacheDestroy(cache);
        return settings;
    }
}
