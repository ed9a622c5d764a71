using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Tests.Values;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Tests.Expressions;

public sealed class UpdateTests
{
    private const string Item = """{"l":{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]},"m":{"M":{"x":{"S":"y"}}},"n":{"N":"5"},"s":{"SS":["a","b"]}}""";

    private const string Values = """{":one":{"N":"1"},":t":{"S":"t"},":list":{"L":[{"S":"z"}]},":set":{"SS":["b","c"]},":all":{"SS":["a","b"]}}""";

    [Theory]
    [InlineData("SET n = n + :one", """{"l":{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]},"m":{"M":{"x":{"S":"y"}}},"n":{"N":"6"},"s":{"SS":["a","b"]}}""")]
    [InlineData("SET n = :one - n, o = n", """{"l":{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]},"m":{"M":{"x":{"S":"y"}}},"n":{"N":"-4"},"o":{"N":"5"},"s":{"SS":["a","b"]}}""")]
    [InlineData("SET m.x = :t, m.k = :one REMOVE l, s, n", """{"m":{"M":{"k":{"N":"1"},"x":{"S":"t"}}}}""")]
    [InlineData("REMOVE l[0], l[2], m, n, s", """{"l":{"L":[{"N":"2"}]}}""")]
    [InlineData("SET l[9] = :t, l[5] = :one REMOVE l[1], m, n, s", """{"l":{"L":[{"N":"1"},{"N":"3"},{"N":"1"},{"S":"t"}]}}""")]
    [InlineData("SET l = list_append(l, :list) REMOVE m, n, s", """{"l":{"L":[{"N":"1"},{"N":"2"},{"N":"3"},{"S":"z"}]}}""")]
    [InlineData("SET k = if_not_exists(zz, :one), n = if_not_exists(n, :one) REMOVE l, m, s", """{"k":{"N":"1"},"n":{"N":"5"}}""")]
    [InlineData("ADD s :set, n :one, fresh :one REMOVE l, m", """{"fresh":{"N":"1"},"n":{"N":"6"},"s":{"SS":["a","b","c"]}}""")]
    [InlineData("DELETE s :set REMOVE l, m, n", """{"s":{"SS":["a"]}}""")]
    [InlineData("DELETE s :all REMOVE l, m, n", "{}")]
    [InlineData("set n = (n + :one) remove l, m, s", """{"n":{"N":"6"}}""")]
    public void Updates_give(string expression, string expected) => Assert.Equal(expected, Apply(expression));

    [Theory]
    [InlineData("SET n = x", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = n + m", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET q.x = :one", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET n[0] = :one", "The document path provided in the update expression is invalid for update")]
    [InlineData("ADD m :one", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD n :t", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND")]
    [InlineData("SET n = :one SET o = :one", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET m = :one, m.x = :one", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, x]")]
    [InlineData("SET m.x = :one REMOVE m[0]", "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m, [0]]")]
    [InlineData("SET n = foo(:one)", "Invalid UpdateExpression: Invalid function name; function: foo")]
    [InlineData("SET n = list_append(n, :one)", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("SET n = n + :t", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("SET n", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"n\"")]
    public void Refusals_are_worded_as_aws_words_them(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<ServiceException>(() => Apply(expression)).Message);

    private static string Apply(string expression)
    {
        var scope = new ExpressionScope(null, AttributeMapTests.Parse(Values));
        using var writer = new ValueWriter();
        ItemUpdate.Apply(AttributeMapTests.Parse(Item).Span, UpdateParser.Parse(expression, scope), writer);
        return new AttributeMap(writer.Written.ToArray()).ToString()!;
    }
}
