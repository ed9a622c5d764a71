using System.Collections.Concurrent;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Throttling;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Metrics;

/// <summary>Counts how requests for items end, on each table that they name.</summary>
internal sealed class RequestMetrics(TableStore tables, MetricReporter reporter)
{
    private readonly ConcurrentDictionary<(AccountId, Region), MetricSeries> _userErrors = new();

    /// <param name="operation">The operation.</param>
    /// <param name="context">Who called.</param>
    /// <param name="table">The table, by name or ARN.</param>
    /// <param name="error">How it ended; null if well.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="returned">How many items it gave back, for operations that say so.</param>
    public void Note(string operation, CallContext context, string table, ServiceError? error, TimeSpan took, int? returned = null)
    {
        NoteOne(operation, context, table, error, took, returned);
        NoteUser(context, error);
    }

    /// <inheritdoc cref="Note(string, CallContext, string, ServiceError?, TimeSpan, int?)"/>
    public void Note(
        string operation, CallContext context, IEnumerable<string> named, ServiceError? error, TimeSpan took, int? returned = null)
    {
        foreach (var table in named)
        {
            NoteOne(operation, context, table, error, took, returned);
        }

        NoteUser(context, error);
    }

    /// <summary>The same of PartiQL statements, each of which names a table.</summary>
    public void NoteStatements(
        string operation, CallContext context, IEnumerable<string> statements, ServiceError? error, TimeSpan took, int? returned = null) =>
        Note(operation, context, statements.Select(PartiQlParser.FindTable).OfType<string>().Distinct(), error, took, returned);

    private void NoteOne(string operation, CallContext context, string table, ServiceError? error, TimeSpan took, int? returned)
    {
        if (Find(context, table) is not { } metrics)
        {
            return;
        }

        if (error is null)
        {
            var of = metrics.Of(operation);
            of.Succeeded(took);
            if (returned is { } items)
            {
                of.Returned(items);
            }
        }
        else if (ThrottleErrors.Is(error))
        {
            metrics.Of(operation).Throttled();
        }
        else if (IsCondition(error))
        {
            metrics.Count("ConditionalCheckFailedRequests").Add(1);
        }
    }

    private void NoteUser(CallContext context, ServiceError? error)
    {
        if (error is null || error.Shape.Status >= 500 || ThrottleErrors.Is(error) || IsCondition(error))
        {
            return;
        }

        _userErrors.GetOrAdd(
            (context.Account, context.Region),
            static (key, reporter) => reporter.Series(key.Item1, key.Item2, TableMetrics.Namespace, "UserErrors", MetricUnit.Count, distribution: false),
            reporter).Add(1);
    }

    private TableMetrics? Find(CallContext context, string table)
    {
        var (account, region, name) = TableStore.Locate(context, table);
        return name.Length is >= 3 and <= 255 ? tables.Find(account, region, name)?.Meters.Metrics : null;
    }

    private static bool IsCondition(ServiceError error) => error.Shape == DynamoDbErrors.ConditionalCheckFailedException
        || (error.Details as TransactionCanceledException)?.CancellationReasons?.Any(reason => reason.Code == "ConditionalCheckFailed") == true;
}
