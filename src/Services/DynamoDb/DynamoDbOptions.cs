using Haneul.DynamoDb.Items;

namespace Haneul.DynamoDb;

/// <summary>What an operator may change. Limits that AWS documents as fixed are constants.</summary>
public sealed class DynamoDbOptions
{
    /// <summary>How long tables take to be created, updated and deleted. Nothing by default, so that tools are quick.</summary>
    public TimeSpan TableDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Over how many partitions the items of new tables are spread; a power of two up to 64.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>How often expired items are looked for.</summary>
    public TimeSpan ExpiryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long changes of global tables take to the other regions, for those who want to see what that is like.</summary>
    public TimeSpan ReplicationDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How many tables an account may have in a region.</summary>
    public int MaxTables { get; init; } = 2_500;

    /// <summary>How large the items of one hash key may be together, in bytes, where a table has local indexes.</summary>
    public long ItemCollectionLimit { get; init; } = ItemCollections.Limit;

    /// <summary>Whether tables are held to their throughput, and its settings to how often they may change.</summary>
    public bool Throttling { get; init; } = true;
}
