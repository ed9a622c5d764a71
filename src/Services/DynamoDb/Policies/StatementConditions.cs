using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using AttributeValue = Haneul.DynamoDb.Values.AttributeValue;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// What PartiQL statements need: an action of their own on the table or index that they name.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html"/>
/// </summary>
internal static class StatementConditions
{
    public static void Of(ExecuteStatementInput input, CallContext context, Authorization authorization) =>
        Need(input.Statement, input.Parameters, context, authorization);

    public static void Of(BatchExecuteStatementInput input, CallContext context, Authorization authorization)
    {
        foreach (var statement in input.Statements)
        {
            Need(statement.Statement, statement.Parameters, context, authorization);
        }
    }

    public static void Of(ExecuteTransactionInput input, CallContext context, Authorization authorization)
    {
        authorization.Key("dynamodb:EnclosingOperation", "ExecuteTransaction");
        foreach (var statement in input.TransactStatements)
        {
            Need(statement.Statement, statement.Parameters, context, authorization);
        }
    }

    private static void Need(string text, IReadOnlyList<AttributeValue>? parameters, CallContext context, Authorization authorization)
    {
        try
        {
            var statement = PartiQlParser.Parse(text, parameters);
            authorization.Need(statement.Action, TableArn.Of(context, statement.Table, (statement as SelectStatement)?.Index));
        }
        catch (ServiceException)
        {
            // It touches no table; the handler refuses it.
        }
    }
}
