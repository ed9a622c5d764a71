using Haneul.DynamoDb.Items;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.Tables;

/// <summary>A change of a table that writers must know.</summary>
/// <param name="Region">Where.</param>
/// <param name="Known">The table as the caller knows it.</param>
/// <param name="Change">The new record, or an error. May be called more than once.</param>
/// <param name="Clear">Further changes of each partition.</param>
/// <param name="Note">Further changes of the catalogue, which come last.</param>
internal sealed record TableChange(
    Region Region,
    TableRecord Known,
    Func<TableRecord, Outcome<TableRecord>> Change,
    Action<PartitionState, Batch>? Clear = null,
    Action<Batch, TableRecord>? Note = null);

/// <summary>A table that comes to be together with changes of others.</summary>
/// <param name="Region">Where.</param>
/// <param name="Record">The table.</param>
/// <param name="Begin">Writes what its partitions begin with, given the number of the first change.</param>
internal sealed record NewTable(Region Region, TableRecord Record, Action<ITransactionContext, ulong> Begin);
