namespace Haneul.Storage.RocksDb;

/// <summary>What an acknowledged commit survives.</summary>
public enum Durability
{
    /// <summary>Loss of power: commits that wait at the same time share one flush of the log to the device.</summary>
    GroupCommit,

    /// <summary>The end of the process, <c>kill -9</c> included: the log is with the operating system, not yet on the device.</summary>
    Os,
}
