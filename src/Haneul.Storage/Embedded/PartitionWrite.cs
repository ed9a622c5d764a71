namespace Haneul.Storage.Embedded;

/// <summary>A batch and the head that its keys get in the engine's one keyspace.</summary>
internal readonly record struct PartitionWrite(byte[] Head, Batch Batch);
