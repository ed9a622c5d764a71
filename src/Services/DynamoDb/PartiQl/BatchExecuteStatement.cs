using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>
/// Runs up to 25 statements, each on its own: all read single items, or all change some.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html"/>
/// </summary>
internal sealed class BatchExecuteStatement(StatementRunner runner) : IHandler<BatchExecuteStatementInput, BatchExecuteStatementOutput>
{
    public async ValueTask<Outcome<BatchExecuteStatementOutput>> HandleAsync(
        BatchExecuteStatementInput input, CallContext context, CancellationToken cancel)
    {
        var responses = new List<BatchStatementResponse>();
        var consumed = new List<ConsumedCapacity>();
        var statements = input.Statements.Select(request => Parse(request)).ToList();
        var reads = statements.Count(pair => pair.Statement is SelectStatement);
        DynamoErrors.ThrowIf(
            reads > 0 && statements.Any(pair => pair.Statement is not (null or SelectStatement)),
            "Validation failed: a batch cannot mix read and write statements");
        for (var i = 0; i < statements.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            responses.Add(statements[i].Statement is { } statement
                ? await RunAsync(context, statement, input.Statements[i], input.ReturnConsumedCapacity, consumed, cancel)
                : Failed(statements[i].Error!, null));
        }

        return new BatchExecuteStatementOutput { Responses = responses, ConsumedCapacity = consumed.Count > 0 ? consumed : null };
    }

    private static (Statement? Statement, ServiceError? Error) Parse(BatchStatementRequest request)
    {
        try
        {
            return (PartiQlParser.Parse(request.Statement, request.Parameters), null);
        }
        catch (ServiceException exception)
        {
            return (null, exception.Error);
        }
    }

    private async ValueTask<BatchStatementResponse> RunAsync(
        CallContext context, Statement statement, BatchStatementRequest request, string? capacity, List<ConsumedCapacity> consumed, CancellationToken cancel)
    {
        var name = TableStore.Locate(context, statement.Table).Name;
        try
        {
            if (statement is SelectStatement select)
            {
                var table = runner.Tables.Use(context, select.Table);
                DynamoErrors.ThrowIf(
                    select.Index is not null || select.OrderBy.Count > 0, "Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
                StatementPlan.Split(table, select.Where);
                var page = runner.Select(context, select, request.ConsistentRead == true, int.MaxValue, null, capacity, cancel);
                Count(page.Consumed);
                return new BatchStatementResponse { TableName = name, Item = page.Items.Count > 0 ? page.Items[0] : null };
            }

            var (error, returned, units, _) = await runner.WriteAsync(context, statement, capacity, request.ReturnValuesOnConditionCheckFailure);
            Count(units);
            return error is null ? new BatchStatementResponse { TableName = name, Item = returned } : Failed(error, name);
        }
        catch (ServiceException exception)
        {
            return Failed(exception.Error, name);
        }

        void Count(ConsumedCapacity? units)
        {
            if (units is not null)
            {
                consumed.Add(units);
            }
        }
    }

    private static BatchStatementResponse Failed(ServiceError error, string? table) => new()
    {
        TableName = table,
        Error = new BatchStatementError
        {
            Code = error.Shape.Name switch
            {
                "ConditionalCheckFailedException" => BatchStatementErrorCodeEnum.ConditionalCheckFailed,
                "DuplicateItemException" => BatchStatementErrorCodeEnum.DuplicateItem,
                "ResourceNotFoundException" => BatchStatementErrorCodeEnum.ResourceNotFound,
                "ProvisionedThroughputExceededException" => BatchStatementErrorCodeEnum.ProvisionedThroughputExceeded,
                "ThrottlingException" => BatchStatementErrorCodeEnum.ThrottlingError,
                "RequestLimitExceeded" => BatchStatementErrorCodeEnum.RequestLimitExceeded,
                "ItemCollectionSizeLimitExceededException" => BatchStatementErrorCodeEnum.ItemCollectionSizeLimitExceeded,
                "AccessDeniedException" => BatchStatementErrorCodeEnum.AccessDenied,
                _ => BatchStatementErrorCodeEnum.ValidationError,
            },
            Message = error.Message,
            Item = (error.Details as ConditionalCheckFailedException)?.Item,
        },
    };
}
