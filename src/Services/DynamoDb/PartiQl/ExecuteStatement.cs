using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>
/// Runs one PartiQL statement.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html"/>
/// </summary>
internal sealed class ExecuteStatement(StatementRunner runner) : IHandler<ExecuteStatementInput, ExecuteStatementOutput>
{
    public async ValueTask<Outcome<ExecuteStatementOutput>> HandleAsync(
        ExecuteStatementInput input, CallContext context, CancellationToken cancel)
    {
        var statement = PartiQlParser.Parse(input.Statement, input.Parameters);
        DynamoErrors.ThrowIf(statement is ExistsStatement, "EXISTS can be used in a transaction only");
        if (statement is SelectStatement select)
        {
            var page = runner.Select(
                context, select, input.ConsistentRead == true, input.Limit ?? int.MaxValue, input.NextToken, input.ReturnConsumedCapacity, cancel);
            return new ExecuteStatementOutput
            {
                Items = page.Items,
                NextToken = page.Token,
                LastEvaluatedKey = page.LastKey,
                ConsumedCapacity = page.Consumed,
            };
        }

        var (error, returned, consumed, _) = await runner.WriteAsync(
            context, statement, input.ReturnConsumedCapacity, input.ReturnValuesOnConditionCheckFailure);
        return error is not null
            ? error
            : new ExecuteStatementOutput { Items = returned is null ? [] : [returned], ConsumedCapacity = consumed };
    }
}
