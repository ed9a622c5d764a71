using System.Security.Cryptography;
using System.Text;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Items;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Transactions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>
/// Runs up to 100 statements together: all read single items as of one moment, or all change some or none does.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html"/>
/// </summary>
internal sealed class ExecuteTransaction(TableStore tables, TransactWriter writer) : IHandler<ExecuteTransactionInput, ExecuteTransactionOutput>
{
    public async ValueTask<Outcome<ExecuteTransactionOutput>> HandleAsync(
        ExecuteTransactionInput input, CallContext context, CancellationToken cancel)
    {
        var statements = input.TransactStatements.Select(request => PartiQlParser.Parse(request.Statement, request.Parameters)).ToList();
        if (statements.TrueForAll(statement => statement is SelectStatement))
        {
            return Read(context, statements.Cast<SelectStatement>(), input.ReturnConsumedCapacity);
        }

        DynamoErrors.ThrowIf(statements.Exists(statement => statement is SelectStatement), "Transaction cannot mix read and write statements");
        var parts = statements.Zip(input.TransactStatements, (statement, request) => new TransactPart(
            statement.Table,
            StatementPlan.Change(statement, tables.Use(context, statement.Table)),
            request.ReturnValuesOnConditionCheckFailure,
            statement is InsertStatement ? StatementRunner.DuplicateMessage : null)).ToList();
        var result = await writer.WriteAsync(context, parts, input.ClientRequestToken is { } token ? (token, Digest(input)) : null);
        if (result.Error is not null)
        {
            return result.Error;
        }

        return new ExecuteTransactionOutput
        {
            Responses = [],
            ConsumedCapacity = input.ReturnConsumedCapacity is null or ReturnConsumedCapacity.None || result.Units is null
                ? null
                : [.. result.Units.Select(pair => pair.Value.Describe(pair.Key, input.ReturnConsumedCapacity, transaction: true)!)],
        };
    }

    private Outcome<ExecuteTransactionOutput> Read(CallContext context, IEnumerable<SelectStatement> selects, string? capacity)
    {
        var responses = new List<ItemResponse>();
        var units = new Dictionary<Table, double>();
        using var snapshot = tables.Store.Transactions.Snapshot();
        foreach (var select in selects)
        {
            var table = tables.Use(context, select.Table);
            var (key, rest) = StatementPlan.Split(table, select.Where);
            var place = ItemKey.FromKey(table, key);
            if (table.Reads.Check(place.Token) is { } exceeded)
            {
                return exceeded;
            }

            using var stored = snapshot.Partition(table.PartitionOf(place.Token).Id).Get(place.Bytes);
            var item = stored.Exists ? StoredItem.Read(stored.Span, out var size) : StoredItem.Nothing(out size);
            var taken = Units.Read(size, consistent: true) * 2;
            table.Reads.Charge(place.Token, taken);
            units[table] = units.GetValueOrDefault(table) + taken;
            var found = !item.IsEmpty && rest?.Holds(item) != false;
            responses.Add(new ItemResponse
            {
                Item = found ? new AttributeMap(select.Paths is null ? item.ToArray() : ItemProjection.Of(select.Paths).Apply(item)) : null,
            });
        }

        var consumed = units.Select(pair => Consumed.Read(pair.Key, null, capacity, pair.Value, transaction: true)).OfType<ConsumedCapacity>().ToList();
        return new ExecuteTransactionOutput { Responses = responses, ConsumedCapacity = consumed.Count > 0 ? consumed : null };
    }

    private static byte[] Digest(ExecuteTransactionInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var statement in input.TransactStatements)
        {
            var text = Encoding.UTF8.GetBytes(statement.Statement);
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(text);
            foreach (var parameter in statement.Parameters ?? [])
            {
                hash.AppendData(parameter.Span);
            }
        }

        return hash.GetHashAndReset();
    }
}
