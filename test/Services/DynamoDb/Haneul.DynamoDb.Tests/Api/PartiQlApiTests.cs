using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using CsCheck;
using Haneul.DynamoDb.PartiQl;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Tests.Api;

public sealed class PartiQlApiTests : Cloud
{
    [Fact]
    public async Task Items_are_inserted_selected_changed_and_deleted()
    {
        await CreateAsync();
        await RunAsync("""INSERT INTO "tab" VALUE {'p': 'a', 'c': 1, 'm': {'x': [1, 'two', true]}, 's': <<'u', 'v'>>, 'n': ?}""", N(7));
        var item = Assert.Single(await RunAsync("""SELECT * FROM "tab" WHERE "p" = 'a' AND c = 1"""));
        Assert.Equal("two", item["m"].M["x"].L[1].S);
        Assert.Equal(["u", "v"], item["s"].SS);
        Assert.Equal("7", item["n"].N);

        var changed = await RunAsync("""UPDATE "tab" SET m.x[0] = m.x[0] + 5, s = set_add(s, <<'w'>>) REMOVE n WHERE p = 'a' AND c = 1 RETURNING ALL NEW *""");
        Assert.Equal("6", Assert.Single(changed)["m"].M["x"].L[0].N);
        Assert.Equal(["u", "v", "w"], changed[0]["s"].SS);
        Assert.False(changed[0].ContainsKey("n"));

        var deleted = await RunAsync("""DELETE FROM "tab" WHERE p = ? AND c = ? RETURNING ALL OLD *""", S("a"), N(1));
        Assert.Equal("a", Assert.Single(deleted)["p"].S);
        Assert.Empty(await RunAsync("""SELECT * FROM "tab" """));
    }

    [Theory]
    [InlineData("p = 'h1'", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("p = 'h1' AND c > 2 AND c < 5", new[] { 3, 4 })]
    [InlineData("p = 'h1' AND c BETWEEN 2 AND 3", new[] { 2, 3 })]
    [InlineData("p IN ['h1', 'h2'] AND c = 1", new[] { 1, 1 })]
    [InlineData("c = 2", new[] { 2, 2 })]
    [InlineData("v IS NOT MISSING", new[] { 3, 3 })]
    [InlineData("p = 'h1' AND v IS MISSING", new[] { 1, 2, 4, 5 })]
    [InlineData("v <> 'other'", new[] { 3, 3 })]
    [InlineData("begins_with(v, 'y')", new[] { 3, 3 })]
    [InlineData("NOT (c < 5)", new[] { 5, 5 })]
    [InlineData("contains(v, 'e') OR c = 1", new[] { 1, 1, 3, 3 })]
    public async Task Selects_find(string where, int[] expected)
    {
        await FillAsync();
        var found = await RunAsync($"""SELECT c FROM "tab" WHERE {where}""");
        Assert.Equal(expected, found.Select(item => int.Parse(Assert.Single(item).Value.N, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Pages_go_on_where_they_ended()
    {
        await FillAsync();
        foreach (var where in (string[])["", "WHERE p IN ('h1', 'h2')", "WHERE p = 'h1'"])
        {
            var all = await RunAsync($"""SELECT * FROM "tab" {where}""");
            var paged = 0;
            string? token = null;
            do
            {
                var page = await Client.ExecuteStatementAsync(
                    new ExecuteStatementRequest { Statement = $"""SELECT * FROM "tab" {where}""", Limit = 3, NextToken = token }, Cancel);
                paged += page.Items.Count;
                token = page.NextToken;
            }
            while (token is not null);
            Assert.Equal(all.Count, paged);
        }

        var descending = await RunAsync("""SELECT c FROM "tab" WHERE p = 'h1' ORDER BY c DESC""");
        Assert.Equal("5", descending[0]["c"].N);
    }

    [Fact]
    public async Task Statements_are_refused_as_aws_refuses_them()
    {
        await FillAsync();
        Assert.Equal(
            "DuplicateItemException: Duplicate primary key exists in table", await RefusalAsync(() => RunAsync("""INSERT INTO "tab" VALUE {'p':'h1','c':1}""")));
        Assert.Equal(
            "ConditionalCheckFailedException: The conditional request failed",
            await RefusalAsync(() => RunAsync("""UPDATE "tab" SET x = 1 WHERE p = 'none' AND c = 1""")));
        Assert.Equal(
            "ValidationException: Where clause does not contain a mandatory equality on all key attributes",
            await RefusalAsync(() => RunAsync("""DELETE FROM "tab" WHERE p = 'h1'""")));
        Assert.Equal(
            "ValidationException: Statement wasn't well formed, can't be processed: Unexpected term: 'FORM' at 1:10",
            await RefusalAsync(() => RunAsync("SELECT * FORM x")));
        Assert.Equal(
            "ValidationException: Number of parameters in request and statement don't match.",
            await RefusalAsync(() => RunAsync("""SELECT * FROM "tab" WHERE p = ?""")));
    }

    [Fact]
    public async Task Batches_and_transactions_run_many_statements()
    {
        await FillAsync();
        var batch = await Client.BatchExecuteStatementAsync(
            new BatchExecuteStatementRequest
            {
                Statements =
                [
                    new() { Statement = """INSERT INTO "tab" VALUE {'p':'new','c':1}""" },
                    new() { Statement = """INSERT INTO "tab" VALUE {'p':'h1','c':1}""" },
                ],
            },
            Cancel);
        Assert.Equal("tab", batch.Responses[0].TableName);
        Assert.Equal(BatchStatementErrorCodeEnum.DuplicateItem, batch.Responses[1].Error.Code);

        var failed = await Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync(
            """UPDATE "tab" SET x = 1 WHERE p = 'new' AND c = 1""", """EXISTS(SELECT * FROM "tab" WHERE p = 'none' AND c = 1)"""));
        Assert.Equal(["None", "ConditionalCheckFailed"], failed.CancellationReasons.Select(reason => reason.Code));
        await TransactAsync("""UPDATE "tab" SET x = 1 WHERE p = 'new' AND c = 1""", """DELETE FROM "tab" WHERE p = 'h1' AND c = 1""");
        var read = await TransactAsync("""SELECT * FROM "tab" WHERE p = 'new' AND c = 1""", """SELECT * FROM "tab" WHERE p = 'h1' AND c = 1""");
        Assert.Equal("1", read.Responses[0].Item["x"].N);
        Assert.True(read.Responses[1].Item is null or { Count: 0 });

        Task<ExecuteTransactionResponse> TransactAsync(params string[] statements) => Client.ExecuteTransactionAsync(
            new ExecuteTransactionRequest { TransactStatements = [.. statements.Select(statement => new ParameterizedStatement { Statement = statement })] }, Cancel);
    }

    [Fact]
    public void Whatever_the_text_the_parser_answers_or_refuses()
    {
        string[] pieces = ["SELECT ", "* ", "FROM ", "\"t\" ", "WHERE ", "INSERT INTO ", "VALUE ", "UPDATE ", "SET ", "REMOVE ", "DELETE ", "EXISTS(", "a", ".", "[0]", "[", "]", "{", "}", "<<", ">>",
            "'x'", "1", "-", "?", "=", "<>", "(", ")", ",", ":", " AND ", " OR ", " NOT ", " IN ", " BETWEEN ", " IS MISSING", "'", "\"", "RETURNING ALL OLD *", "é"];
        Gen.OneOf(pieces).Array[0, 25].Sample(parts =>
        {
            try
            {
                PartiQlParser.Parse(string.Concat(parts), null);
            }
            catch (ServiceException exception)
            {
                Assert.Equal("ValidationException", exception.Error.Shape.Name);
            }
        });
    }

    private async Task FillAsync()
    {
        await CreateAsync();
        foreach (var p in (string[])["h1", "h2"])
        {
            for (var c = 1; c <= 5; c++)
            {
                var item = Item(("p", S(p)), ("c", N(c)));
                if (c == 3)
                {
                    item.Add("v", S("yes"));
                }

                await Client.PutItemAsync("tab", item, Cancel);
            }
        }
    }

    private async Task<List<Dictionary<string, AttributeValue>>> RunAsync(string statement, params AttributeValue[] parameters) =>
        (await Client.ExecuteStatementAsync(
            new ExecuteStatementRequest { Statement = statement, Parameters = parameters.Length == 0 ? null : [.. parameters] }, Cancel)).Items;
}
