using System.Text;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.PartiQl;
using Haneul.DynamoDb.Streams;
using Haneul.DynamoDb.Tables;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using Haneul.Wire.Json;

namespace Haneul.Fuzz.Targets;

/// <summary>DynamoDB's small languages.</summary>
internal static class DynamoDbTargets
{
    private static readonly Dictionary<string, string> s_names = new() { ["#n"] = "n", ["#m"] = "m" };

    private static readonly AttributeMap s_values = Map("""{":v":{"N":"1"},":s":{"S":"x"},":l":{"L":[{"S":"a"}]},":t":{"SS":["a"]}}""");

    private static readonly AttributeMap s_item = Map("""{"a":{"S":"x"},"b":{"M":{"c":{"L":[{"N":"1"}]}}},"n":{"N":"2"},"t":{"SS":["a","b"]}}""");

    private static readonly string[] s_words =
    [
        "#n", "#m", ":v", ":s", ":l", ":t", "(", ")", ",", "[0]", "[99999999999]", ".", "=", "<>", "<=", " AND ", " OR ", "NOT ", " BETWEEN ", " IN (", "size(", "contains(",
        "begins_with(", "attribute_exists(", "attribute_type(", "if_not_exists(", "list_append(", "SET ", "REMOVE ", "ADD ", "DELETE ", " + ", " - ",
    ];

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("condition",
            ["a = :s AND (b.c[0] < :v OR NOT contains(a, :s))", "#n BETWEEN :v AND :v AND a IN (:s, :v)", "size(a) > :v AND begins_with(a, :s) AND attribute_exists(#m)"],
            s_words, text => ConditionParser.Parse(text, "FilterExpression", new ExpressionScope(s_names, s_values))?.Holds(s_item.Span), typeof(ServiceException)),
        FuzzTarget.OfText("update",
            ["SET a = :s, b.c[0] = if_not_exists(#n, :v) + :v REMOVE #m ADD n :v DELETE t :t", "SET #m = list_append(:l, :l)"], s_words, Update, typeof(ServiceException)),
        FuzzTarget.OfText("projection", ["a, b.c[0], #n", "#m.a.b[1][2]"], s_words,
            text => ProjectionParser.Parse(text, new ExpressionScope(s_names, s_values)), typeof(ServiceException)),
        FuzzTarget.OfText("partiql",
            [
                "SELECT a, b.c[0] FROM \"t\".\"i\" WHERE id = 'x' AND n > 1.5 OR contains(a, 'b') ORDER BY n DESC", "INSERT INTO \"t\" VALUE {'id': 'a', 'l': [1, TRUE, NULL], 's': <<'a', 'b'>>}",
                "UPDATE \"t\" SET a = 1 SET b.c = list_append(b.c, [1]) REMOVE d WHERE id = 'x' RETURNING ALL NEW *", "DELETE FROM \"t\" WHERE id = 'x' RETURNING ALL OLD *",
            ],
            ["'", "''", "\"", "?", "<<", ">>", "{", "}", "[", "]", " AND ", " OR ", "NOT ", " IN ", " IS MISSING", " BETWEEN ", "1e400", "--", "/*", "("],
            text => PartiQlParser.Parse(text, parameters: null), typeof(ServiceException)),
        new FuzzTarget("number", FuzzTarget.Bytes(["0", "-1.5e3", "123456789012345678901234567890.12345678", "1E125", "-0.0001e-120"]),
            FuzzTarget.Bytes(["e", "E+", "-", ".", "00000000", "99999999999999999999"]), input => Number.TryParse(input, out _, out _)),
        FuzzTarget.OfText("table-arn", ["arn:aws:dynamodb:us-east-1:000000000000:table/t", "t", "arn:aws:dynamodb:us-east-1:000000000000:table/t/index/i"], [":", "/", "arn:"],
            text => TableArn.TryParse(text, out _, out _, out _)),
        FuzzTarget.OfText("shard-iterator", ["arn:aws:dynamodb:r:000000000000:table/t/stream/2020-01-01T00:00:00.000|shardId-1|AAAAAAAAAAAACNp2VmAAAAA="], ["|", "=", "////////", "AAAA"],
            text => ShardIterator.TryParse(text, out _)),
    ];

    private static void Update(string text)
    {
        using var writer = new ValueWriter();
        ItemUpdate.Apply(s_item.Span, UpdateParser.Parse(text, new ExpressionScope(s_names, s_values)), writer);
    }

    private static AttributeMap Map(string json) => AttributeMap.Read(new JsonShapeReader(Encoding.UTF8.GetBytes(json)));
}
