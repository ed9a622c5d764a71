using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Tests.Expressions;

/// <summary>Conditions against a naive reference, and what is refused.</summary>
public sealed class ConditionTests
{
    private static readonly string[] s_operators = ["=", "<>", "<", "<=", ">", ">="];
    private static readonly string[] s_paths = ["a", "b", "c.a", "c.b", "d[0]", "d[1].a", "c.c[0]"];

    [Fact]
    public void Comparisons_hold_as_in_the_reference() =>
        Gen.Select(Trees.Item, Trees.Value, Gen.OneOf(s_paths), Gen.OneOf(s_operators)).Sample((item, value, path, op) =>
        {
            if (op is not ("=" or "<>") && value is not (string or BigInteger or byte[]))
            {
                return;
            }

            Assert.Equal(Compare(op, Find(item, path), (true, value)), Holds($"{path} {op} :v", item, value));
        });

    [Fact]
    public void Functions_hold_as_in_the_reference() =>
        Gen.Select(Trees.Item, Trees.Value, Gen.OneOf(s_paths)).Sample((item, value, path) =>
        {
            var (found, at) = Find(item, path);
            Assert.Equal(found, Holds($"attribute_exists({path})", item, null));
            Assert.Equal(!found, Holds($"attribute_not_exists({path})", item, null));
            Assert.Equal(found && Contains(at, value), Holds($"contains({path}, :v)", item, value));
            Assert.Equal(found && Size(at) is { } size && size > 1, Holds($"size({path}) > :v", item, new BigInteger(1)));
            if (value is string or byte[])
            {
                Assert.Equal(found && BeginsWith(at, value), Holds($"begins_with({path}, :v)", item, value));
            }
        });

    [Fact]
    public void Logic_binds_as_documented()
    {
        var item = new SortedDictionary<string, object?> { ["a"] = BigInteger.One };
        Assert.True(Holds("a = :v OR a = :v AND b = :v", item, BigInteger.One));
        Assert.False(Holds("(a = :v OR a = :v) AND b = :v", item, BigInteger.One));
        Assert.True(Holds("NOT b = :v AND a = :v", item, BigInteger.One));
        Assert.True(Holds("a between :v and :v", item, BigInteger.One));
        Assert.True(Holds("a IN (b, :v)", item, BigInteger.One));
        Assert.True(Holds("attribute_type(a, :v)", item, "N"));
    }

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("a = ", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("a = :v b", "Syntax error; token: \"b\", near: \":v b\"")]
    [InlineData("a ! :v", "Syntax error; token: \"!\", near: \"a ! :v\"")]
    [InlineData("a", "Syntax error; token: \"<EOF>\", near: \"a\"")]
    [InlineData("name = :v", "Attribute name is a reserved keyword; reserved keyword: name")]
    [InlineData("((a = :v))", "The expression has redundant parentheses;")]
    [InlineData("foo(a)", "Invalid function name; function: foo")]
    [InlineData("size(a)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("attribute_exists(a) = :v", "The function is not allowed to be used this way in an expression; function: attribute_exists")]
    [InlineData("#x = :v", "An expression attribute name used in the document path is not defined; attribute name: #x")]
    [InlineData("a = :w", "An expression attribute value used in expression is not defined; attribute value: :w")]
    [InlineData("begins_with(a)", "Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1")]
    [InlineData("attribute_exists(:v)", "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("begins_with(a, :v)", "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("size(:v) = :v", "Incorrect operand type for operator or function; operator or function: size, operand type: N")]
    [InlineData("a = a", "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]")]
    [InlineData("a between :v and :zero", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {N:0}")]
    [InlineData("attribute_type(a, :v)", "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N")]
    [InlineData("a < :list", "Incorrect operand type for operator or function; operator or function: <, operand type: L")]
    public void Refusals_are_worded_as_aws_words_them(string text, string message)
    {
        var values = Tests.Values.AttributeMapTests.Parse("""{":v":{"N":"1"},":zero":{"N":"0"},":list":{"L":[]}}""");
        var refused = Assert.Throws<ServiceException>(() => ConditionParser.Parse(text, "ConditionExpression", new ExpressionScope(null, values)));
        Assert.Equal("Invalid ConditionExpression: " + message, refused.Message);
    }

    [Fact]
    public void Whatever_the_text_parsers_answer_or_refuse()
    {
        string[] pieces = ["a", "b.c", "[0]", "#n", ":v", "(", ")", ",", "=", "<>", "<", "+", "-", " AND ", " OR ", "NOT ", " BETWEEN ", " IN ", "size(", "contains(", "if_not_exists(",
            "list_append(", "SET ", "REMOVE ", "ADD ", "DELETE ", "\"", "é", "\ud83d", "[99999999999]", ".", " "];
        var values = Tests.Values.AttributeMapTests.Parse("""{":v":{"N":"1"}}""");
        var names = new Dictionary<string, string> { ["#n"] = "n" };
        Gen.OneOf(pieces).Array[0, 30].Sample(parts =>
        {
            var text = string.Concat(parts);
            Survive(() => ConditionParser.Parse(text, "FilterExpression", new ExpressionScope(names, values))?.Holds(AttributeMap.Empty.Span));
            Survive(() => ProjectionParser.Parse(text, new ExpressionScope(names, values)));
            Survive(() =>
            {
                using var writer = new ValueWriter();
                ItemUpdate.Apply(AttributeMap.Empty.Span, UpdateParser.Parse(text, new ExpressionScope(names, values)), writer);
            });
        });
    }

    [Fact]
    public void Deep_nesting_is_refused_before_the_stack_ends()
    {
        var text = new string('(', 2000) + "a = :v";
        var values = Tests.Values.AttributeMapTests.Parse("""{":v":{"N":"1"}}""");
        Assert.Throws<ServiceException>(() => ConditionParser.Parse(text, "ConditionExpression", new ExpressionScope(null, values)));
        text = string.Concat(Enumerable.Repeat("NOT ", 900)) + "a = :v";
        Assert.Throws<ServiceException>(() => ConditionParser.Parse(text, "ConditionExpression", new ExpressionScope(null, values)));
    }

    [Fact]
    public void All_reserved_words_are_known() => Assert.Equal(573, ReservedWords.Count);

    private static void Survive(Action parse)
    {
        try
        {
            parse();
        }
        catch (ServiceException exception)
        {
            Assert.Equal("ValidationException", exception.Error.Shape.Name);
        }
    }

    private static bool Holds(string text, SortedDictionary<string, object?> item, object? value)
    {
        var values = text.Contains(":v", StringComparison.Ordinal) ? Tests.Values.AttributeMapTests.Parse($$"""{":v":{{Trees.Json(value)}}}""") : null;
        var condition = ConditionParser.Parse(text, "ConditionExpression", new ExpressionScope(null, values));
        return condition!.Holds(Trees.Encode(item).Span);
    }

    private static (bool Found, object? Value) Find(SortedDictionary<string, object?> item, string path)
    {
        object? at = item;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (step.StartsWith('['))
            {
                var index = int.Parse(step.Trim('[', ']'), CultureInfo.InvariantCulture);
                if (at is not List<object?> list || index >= list.Count)
                {
                    return (false, null);
                }

                at = list[index];
            }
            else if (at is not SortedDictionary<string, object?> map || !map.TryGetValue(step, out at))
            {
                return (false, null);
            }
        }

        return (true, at);
    }

    private static bool Compare(string op, (bool Found, object? Value) left, (bool Found, object? Value) right)
    {
        if (op is "=" or "<>")
        {
            return (left.Found && Trees.Same(left.Value, right.Value)) == (op == "=");
        }

        int? order = !left.Found ? null : (left.Value, right.Value) switch
        {
            (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
            (BigInteger a, BigInteger b) => a.CompareTo(b),
            (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
            _ => null,
        };
        return op switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static bool Contains(object? value, object? wanted) => (value, wanted) switch
    {
        (string a, string b) => a.Contains(b, StringComparison.Ordinal),
        (byte[] a, byte[] b) => a.AsSpan().IndexOf(b) >= 0,
        (SortedSet<string> set, string b) => set.Contains(b),
        (SortedSet<BigInteger> set, BigInteger b) => set.Contains(b),
        (List<object?> list, _) => list.Exists(element => Trees.Same(element, wanted)),
        _ => false,
    };

    private static bool BeginsWith(object? value, object? prefix) => (value, prefix) switch
    {
        (string a, string b) => a.StartsWith(b, StringComparison.Ordinal),
        (byte[] a, byte[] b) => a.AsSpan().StartsWith(b),
        _ => false,
    };

    private static int? Size(object? value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        List<object?> list => list.Count,
        SortedDictionary<string, object?> map => map.Count,
        SortedSet<string> set => set.Count,
        SortedSet<BigInteger> set => set.Count,
        _ => null,
    };
}
