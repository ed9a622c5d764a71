namespace Haneul.Storage;

/// <summary>A consistent view of one partition, until it is disposed.</summary>
public interface IPartitionSnapshot : IPartitionReader, IDisposable;
