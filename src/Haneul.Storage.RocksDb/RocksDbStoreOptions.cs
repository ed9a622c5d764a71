namespace Haneul.Storage.RocksDb;

/// <summary>What an operator may change about the store on disk.</summary>
public sealed class RocksDbStoreOptions
{
    public Durability Durability { get; set; } = Durability.GroupCommit;

    /// <summary>Recent writes kept in memory, in bytes, before they go to a table file. Memory is taken as it fills.</summary>
    public long WriteBufferSize { get; set; } = 32L << 20;

    /// <summary>Blocks of table files kept in memory, in bytes.</summary>
    public long BlockCacheSize { get; set; } = 64L << 20;

    /// <summary>
    /// Stores whose table files take up to this many bytes are checked block by block when they are opened. Of larger ones each
    /// block is checked when it is read.
    /// </summary>
    public long VerifyUpTo { get; set; } = 16L << 20;

    /// <summary>Checks every block of every table file before the store is used, however long it takes.</summary>
    public bool VerifyAll { get; set; }
}
