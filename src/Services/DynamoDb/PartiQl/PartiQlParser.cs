using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;
using AttributeValue = Haneul.DynamoDb.Values.AttributeValue;
using Condition = Haneul.DynamoDb.Expressions.Condition;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>
/// Parses the statements that DynamoDB has of PartiQL.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html"/>
/// </summary>
internal sealed class PartiQlParser
{
    public const int MaxLength = 8192;

    private readonly PartiQlConditions _conditions;
    private readonly PartiQlValues _values;

    // A mutable struct that all parts of the parser advance.
    private readonly PartiQlCursor _cursor;

    private PartiQlParser(string text, IReadOnlyList<AttributeValue>? parameters)
    {
        _cursor = new PartiQlCursor(text);
        _values = new PartiQlValues(_cursor, parameters ?? []);
        _conditions = new PartiQlConditions(_cursor, _values);
    }

    public static Statement Parse(string text, IReadOnlyList<AttributeValue>? parameters)
    {
        DynamoErrors.ThrowIf(text.Length > MaxLength, "Statement exceeds the maximum length of 8192 characters");
        foreach (var parameter in parameters ?? [])
        {
            DynamoErrors.ThrowIfInvalid(parameter);
        }

        var parser = new PartiQlParser(text, parameters);
        var statement = parser.ParseStatement() with { Attributes = parser._values.Attributes };
        parser._cursor.Lexer.Try(";");
        if (parser._cursor.Lexer.Kind != PartiQlToken.End)
        {
            throw parser._cursor.Lexer.Unexpected();
        }

        parser._values.RefuseUnused();
        return statement;
    }

    /// <summary>The table that a statement names, without parsing the rest of it; null if it cannot be told.</summary>
    public static string? FindTable(string text)
    {
        try
        {
            var lexer = new PartiQlLexer(text);
            while (lexer.Kind != PartiQlToken.End)
            {
                var named = lexer.IsWord("FROM") || lexer.IsWord("INTO") || lexer.IsWord("UPDATE");
                lexer.Take();
                if (named && lexer.Kind is (PartiQlToken.Word or PartiQlToken.Quoted))
                {
                    return lexer.Value;
                }
            }
        }
        catch (ServiceException)
        {
            // The operation has refused it.
        }

        return null;
    }

    private Statement ParseStatement()
    {
        ref var lexer = ref _cursor.Lexer;
        if (lexer.IsWord("SELECT"))
        {
            return ParseSelect();
        }

        if (lexer.TryWord("INSERT"))
        {
            lexer.ExpectWord("INTO");
            var table = ParseTable();
            lexer.ExpectWord("VALUE");
            var value = _values.ParseValue();
            if (Encoded.Kind(value) != ValueKind.Map)
            {
                throw PartiQlLexer.Malformed("INSERT needs a tuple of attributes");
            }

            return new InsertStatement(table, new AttributeMap(Encoded.Payload(value).ToArray()));
        }

        if (lexer.TryWord("UPDATE"))
        {
            return ParseUpdate();
        }

        if (lexer.TryWord("DELETE"))
        {
            lexer.ExpectWord("FROM");
            var table = ParseTable();
            var where = ParseWhere();
            return new DeleteStatement(table, where, ParseReturning());
        }

        if (lexer.TryWord("EXISTS"))
        {
            lexer.Expect("(");
            var select = ParseSelect();
            lexer.Expect(")");
            return new ExistsStatement(select.Table, select.Where);
        }

        throw lexer.Unexpected();
    }

    private SelectStatement ParseSelect()
    {
        ref var lexer = ref _cursor.Lexer;
        lexer.ExpectWord("SELECT");
        List<DocumentPath>? paths = null;
        if (!lexer.Try("*"))
        {
            paths = [];
            do
            {
                paths.Add(_values.ParsePath());
            }
            while (lexer.Try(","));
        }

        lexer.ExpectWord("FROM");
        var table = ParseTable();
        string? index = null;
        if (lexer.Try("."))
        {
            index = ParseName();
        }

        var where = lexer.IsWord("WHERE") ? ParseWhere() : null;
        var order = new List<(string, bool)>();
        if (lexer.TryWord("ORDER"))
        {
            lexer.ExpectWord("BY");
            do
            {
                var attribute = ParseName();
                var descending = lexer.TryWord("DESC");
                if (!descending)
                {
                    lexer.TryWord("ASC");
                }

                order.Add((attribute, descending));
            }
            while (lexer.Try(","));
        }

        return new SelectStatement(table, index, paths, where, order);
    }

    private UpdateStatement ParseUpdate()
    {
        ref var lexer = ref _cursor.Lexer;
        var table = ParseTable();
        var actions = new List<UpdateAction>();
        while (true)
        {
            if (lexer.TryWord("SET"))
            {
                do
                {
                    var path = _values.ParsePath();
                    lexer.Expect("=");
                    actions.Add(ParseAssignment(path));
                }
                while (lexer.Try(","));
            }
            else if (lexer.TryWord("REMOVE"))
            {
                do
                {
                    actions.Add(new UpdateAction(UpdateKind.Remove, _values.ParsePath(), null));
                }
                while (lexer.Try(","));
            }
            else
            {
                break;
            }
        }

        if (actions.Count == 0)
        {
            throw lexer.Unexpected();
        }

        if (DocumentPath.Clash([.. actions.Select(action => action.Path)]) is { } clash)
        {
            DynamoErrors.Throw(clash);
        }

        var where = ParseWhere();
        return new UpdateStatement(table, actions, where, ParseReturning());
    }

    // set_add and set_delete are the ADD and DELETE of update expressions, when they are about the attribute itself.
    private UpdateAction ParseAssignment(DocumentPath path)
    {
        ref var lexer = ref _cursor.Lexer;
        if (lexer.IsWord("set_add") || lexer.IsWord("set_delete"))
        {
            var kind = lexer.IsWord("set_add") ? UpdateKind.Add : UpdateKind.Delete;
            lexer.Take();
            lexer.Expect("(");
            var of = _values.ParsePath();
            if (of.ToString() != path.ToString())
            {
                throw PartiQlLexer.Malformed("set_add and set_delete change the attribute that they name first");
            }

            lexer.Expect(",");
            var set = _values.ParseValue();
            DynamoErrors.ThrowIf(!Encoded.Kind(set).IsSet(), UpdateOperand.WrongType);
            lexer.Expect(")");
            return new UpdateAction(kind, path, new UpdateValue(set));
        }

        return new UpdateAction(UpdateKind.Set, path, ParseSum());
    }

    private UpdateOperand ParseSum()
    {
        ref var lexer = ref _cursor.Lexer;
        var left = ParseTerm();
        while (lexer.Is("+") || lexer.Is("-"))
        {
            var minus = lexer.Is("-");
            lexer.Take();
            left = new Arithmetic(left, ParseTerm(), minus);
        }

        return left;
    }

    private UpdateOperand ParseTerm()
    {
        ref var lexer = ref _cursor.Lexer;
        if (lexer.TryWord("list_append"))
        {
            lexer.Expect("(");
            var first = ParseTerm();
            lexer.Expect(",");
            var second = ParseTerm();
            lexer.Expect(")");
            return new ListAppend(first, second);
        }

        if (lexer.TryWord("if_not_exists"))
        {
            lexer.Expect("(");
            var path = _values.ParsePath();
            lexer.Expect(",");
            var otherwise = ParseTerm();
            lexer.Expect(")");
            return new IfNotExists(path, otherwise);
        }

        return _values.AtPath ? new UpdatePath(_values.ParsePath()) : new UpdateValue(_values.ParseValue());
    }

    private Condition ParseWhere()
    {
        _cursor.Lexer.ExpectWord("WHERE");
        return _conditions.Parse();
    }

    private string? ParseReturning()
    {
        ref var lexer = ref _cursor.Lexer;
        if (!lexer.TryWord("RETURNING"))
        {
            return null;
        }

        var all = lexer.TryWord("ALL");
        if (!all)
        {
            lexer.ExpectWord("MODIFIED");
        }

        var old = lexer.TryWord("OLD");
        if (!old)
        {
            lexer.ExpectWord("NEW");
        }

        lexer.Expect("*");
        return (all, old) switch
        {
            (true, true) => ReturnValue.AllOld,
            (true, false) => ReturnValue.AllNew,
            (false, true) => ReturnValue.UpdatedOld,
            _ => ReturnValue.UpdatedNew,
        };
    }

    private string ParseTable() => ParseName();

    private string ParseName()
    {
        ref var lexer = ref _cursor.Lexer;
        if (lexer.Kind is not (PartiQlToken.Word or PartiQlToken.Quoted))
        {
            throw lexer.Unexpected();
        }

        var name = lexer.Value;
        lexer.Take();
        return name;
    }
}
