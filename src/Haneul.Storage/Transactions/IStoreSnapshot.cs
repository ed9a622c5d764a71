namespace Haneul.Storage.Transactions;

/// <summary>All partitions as of one moment, until it is disposed.</summary>
public interface IStoreSnapshot : IDisposable
{
    IPartitionReader Partition(PartitionId id);
}
