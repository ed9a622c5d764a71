using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;
using Haneul.Storage.Transactions;

namespace Haneul.DynamoDb.Transactions;

/// <summary>One part of a transaction.</summary>
/// <param name="TableName">As the request has it.</param>
/// <param name="Change">What is done.</param>
/// <param name="ReturnOnFailure">Whether a failed condition shows the item.</param>
/// <param name="DuplicateMessage">What an insert says if the item is there already; null for all others.</param>
internal sealed record TransactPart(string TableName, ItemChange Change, string? ReturnOnFailure, string? DuplicateMessage = null);

/// <summary>Commits changes of many items, in as many tables and partitions as it takes, all or none.</summary>
internal sealed class TransactWriter(TableStore tables)
{
    /// <param name="context">Who asks.</param>
    /// <param name="parts">The changes.</param>
    /// <param name="token">The request's token with the digest of the request, or null.</param>
    public async ValueTask<TransactResult> WriteAsync(CallContext context, IReadOnlyList<TransactPart> parts, (string Token, byte[] Digest)? token)
    {
        for (var fresh = false; ; fresh = true)
        {
            var bound = Bind(context, parts, fresh, out var refused);
            if (bound is null)
            {
                return new TransactResult { Error = refused };
            }

            var tokens = DynamoDbKeyspace.Transactions(context.Account, context.Region);
            HashSet<PartitionId> participants = [.. bound.Select(part => part.Partition)];
            if (token is not null)
            {
                participants.Add(tokens);
            }

            var now = tables.Now;
            var result = await tables.Store.Transactions.UpdateAsync(
                participants, (bound, token, tokens, now), static (transaction, state) => Decide(transaction, state.bound, state.token, state.tokens, state.now));
            if (result is not null)
            {
                foreach (var (table, units) in result.Units ?? new Dictionary<Table, WriteUnits>())
                {
                    units.Charge(table);
                }

                return result;
            }
        }
    }

    private List<BoundPart>? Bind(CallContext context, IReadOnlyList<TransactPart> parts, bool fresh, out ServiceError? refused)
    {
        var found = parts.Select(part => tables.Use(context, part.TableName, fresh)).ToList();
        var bound = new List<BoundPart>(parts.Count);
        var reasons = new CancellationReasons(parts.Count);
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < parts.Count; i++)
        {
            try
            {
                var key = parts[i].Change.Bind(found[i]);
                DynamoErrors.ThrowIf(
                    !seen.Add((found[i].Record.Id, Convert.ToBase64String(key.Bytes))), "Transaction request cannot include multiple operations on one item");
                bound.Add(new BoundPart(found[i], parts[i], key, found[i].PartitionOf(key.Token).Id));
                if (found[i].Writes.Check(key.Token) is { } exceeded)
                {
                    reasons.Refused(i, exceeded);
                }
            }
            catch (ServiceException exception) when (!exception.Message.StartsWith("Transaction request", StringComparison.Ordinal))
            {
                reasons.Refused(i, exception.Error);
            }
        }

        refused = reasons.Any ? reasons.Error() : null;
        return refused is null ? bound : null;
    }

    /// <returns>Null if a table is not what it was and has to be looked at again.</returns>
    private static TransactResult? Decide(
        ITransactionContext transaction, List<BoundPart> parts, (string Token, byte[] Digest)? token, PartitionId tokens, DateTimeOffset now)
    {
        // 1. A request that was done already is not done again.
        var units = new Dictionary<Table, WriteUnits>();
        if (token is { } used && TransactionTokens.Find(transaction.Read(tokens), used.Token, now) is { } digest)
        {
            return digest.AsSpan().SequenceEqual(used.Digest)
                ? new TransactResult { Repeated = true, Tables = [.. parts.Select(part => part.Table).Distinct()] }
                : new TransactResult
                {
                    Error = DynamoDbErrors.IdempotentParameterMismatchException.With(
                        "Request was previously made with the same client token but different parameters."),
                };
        }

        // 2. Every part asks for its condition and adds to its partition's batch.
        var writes = new Dictionary<PartitionId, ItemWrite>();
        var reasons = new CancellationReasons(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (!writes.TryGetValue(part.Partition, out var write))
            {
                if (ItemWrite.Begin(transaction.Read(part.Partition), transaction.Write(part.Partition), part.Table) is not { } begun)
                {
                    Forget(transaction, parts);
                    return null;
                }

                writes.Add(part.Partition, write = begun);
            }

            if (!units.TryGetValue(part.Table, out var tableUnits))
            {
                units.Add(part.Table, tableUnits = new WriteUnits(factor: 2));
            }

            Apply(i, part, write, tableUnits, reasons);
        }

        // 3. One that fails undoes all.
        if (reasons.Any)
        {
            Forget(transaction, parts);
            return new TransactResult { Error = reasons.Error() };
        }

        foreach (var write in writes.Values)
        {
            write.End();
        }

        if (token is { } fresh)
        {
            TransactionTokens.Remember(transaction.Write(tokens), fresh.Token, fresh.Digest, now);
        }

        return new TransactResult { Units = units, Tables = [.. units.Keys] };
    }

    private static void Apply(int number, BoundPart part, ItemWrite write, WriteUnits units, CancellationReasons reasons)
    {
        try
        {
            var result = part.Part.Change.Apply(write, part.Key, units);
            if (result.ConditionFailed && part.Part.DuplicateMessage is { } duplicate)
            {
                reasons.DuplicateItem(number, duplicate);
            }
            else if (result.ConditionFailed)
            {
                var item = part.Part.ReturnOnFailure == ReturnValuesOnConditionCheckFailure.AllOld ? result.Old : null;
                reasons.ConditionFailed(number, item is null ? null : new AttributeMap(item));
            }
        }
        catch (ServiceException exception)
        {
            reasons.Refused(number, exception.Error);
        }
    }

    private static void Forget(ITransactionContext transaction, List<BoundPart> parts)
    {
        foreach (var part in parts)
        {
            transaction.Write(part.Partition).Clear();
        }
    }

    private sealed record BoundPart(Table Table, TransactPart Part, ItemKey Key, PartitionId Partition);
}

/// <summary>How a transaction ended.</summary>
internal sealed class TransactResult
{
    public ServiceError? Error { get; init; }

    /// <summary>It had been done before.</summary>
    public bool Repeated { get; init; }

    public IReadOnlyList<Table> Tables { get; init; } = [];

    public IReadOnlyDictionary<Table, WriteUnits>? Units { get; init; }
}
