using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Expressions;
using Haneul.DynamoDb.Values;
using AttributeValue = Haneul.DynamoDb.Values.AttributeValue;

namespace Haneul.DynamoDb.PartiQl;

/// <summary>The lexer where several parsers can advance it.</summary>
internal sealed class PartiQlCursor(string text)
{
#pragma warning disable CA1051 // Advanced by reference.
    public PartiQlLexer Lexer = new(text);
#pragma warning restore CA1051
}

/// <summary>Parses literals, parameters and paths.</summary>
internal sealed class PartiQlValues(PartiQlCursor cursor, IReadOnlyList<AttributeValue> parameters)
{
    private int _used;
    private int _depth;

    /// <summary>Whether a name begins here and not a literal.</summary>
    public bool AtPath => cursor.Lexer.Kind == PartiQlToken.Quoted
        || (cursor.Lexer.Kind == PartiQlToken.Word && !cursor.Lexer.IsWord("true") && !cursor.Lexer.IsWord("false") && !cursor.Lexer.IsWord("null"));

    public void RefuseUnused() => DynamoErrors.ThrowIf(
        _used != parameters.Count, "Number of parameters in request and statement don't match.");

    public byte[] ParseValue()
    {
        using var writer = new ValueWriter(64);
        Write(writer);
        DynamoErrors.ThrowIf(writer.Invalid is not null, writer.Invalid!);
        return writer.Written.ToArray();
    }

    /// <summary>The attributes of all paths so far.</summary>
    public HashSet<string> Attributes { get; } = new(StringComparer.Ordinal);

    public DocumentPath ParsePath()
    {
        ref var lexer = ref cursor.Lexer;
        var steps = new List<PathStep>(2);
        do
        {
            if (lexer.Kind is not (PartiQlToken.Word or PartiQlToken.Quoted))
            {
                throw lexer.Unexpected();
            }

            steps.Add(PathStep.Of(lexer.Value));
            lexer.Take();
            while (lexer.Try("["))
            {
                if (lexer.Kind == PartiQlToken.Text)
                {
                    steps.Add(PathStep.Of(lexer.Value));
                }
                else if (lexer.Kind == PartiQlToken.Number && int.TryParse(lexer.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                {
                    steps.Add(PathStep.Of(index));
                }
                else
                {
                    throw lexer.Unexpected();
                }

                lexer.Take();
                lexer.Expect("]");
            }
        }
        while (lexer.Try("."));
        DynamoErrors.ThrowIf(steps.Count > DocumentPath.MaxSteps, "The document path has too many nesting elements");
        var path = new DocumentPath([.. steps]);
        Attributes.Add(path.Root);
        return path;
    }

    private void Write(ValueWriter writer)
    {
        ref var lexer = ref cursor.Lexer;
        switch (lexer.Kind)
        {
            case PartiQlToken.Text:
                writer.Scalar(ValueKind.String, Encoding.UTF8.GetBytes(lexer.Value));
                lexer.Take();
                break;
            case PartiQlToken.Number:
                WriteNumber(writer, lexer.Value);
                lexer.Take();
                break;
            case PartiQlToken.Parameter:
                DynamoErrors.ThrowIf(_used >= parameters.Count, "Number of parameters in request and statement don't match.");
                writer.Raw(parameters[_used++].Span);
                lexer.Take();
                break;
            case PartiQlToken.Word when lexer.IsWord("true") || lexer.IsWord("false"):
                writer.Kind(lexer.IsWord("true") ? ValueKind.True : ValueKind.False);
                lexer.Take();
                break;
            case PartiQlToken.Word when lexer.TryWord("null"):
                writer.Kind(ValueKind.Null);
                break;
            case PartiQlToken.Symbol when lexer.Try("-"):
                if (lexer.Kind != PartiQlToken.Number)
                {
                    throw lexer.Unexpected();
                }

                WriteNumber(writer, "-" + lexer.Value);
                lexer.Take();
                break;
            case PartiQlToken.Symbol when lexer.Is("[") || lexer.Is("{") || lexer.Is("<<"):
                if (++_depth > ValueMessages.MaxDepth)
                {
                    DynamoErrors.Throw(ValueMessages.TooDeep);
                }

                WriteContainer(writer);
                _depth--;
                break;
            default:
                throw lexer.Unexpected();
        }
    }

    private void WriteContainer(ValueWriter writer)
    {
        ref var lexer = ref cursor.Lexer;
        if (lexer.Try("["))
        {
            writer.Kind(ValueKind.List);
            var start = writer.Open();
            var list = writer.Begin();
            var count = 0;
            while (!lexer.Is("]"))
            {
                if (count++ > 0)
                {
                    lexer.Expect(",");
                }

                Write(writer);
            }

            lexer.Expect("]");
            writer.EndList(list, count);
            writer.Close(start);
        }
        else if (lexer.Try("{"))
        {
            WriteTuple(writer);
        }
        else
        {
            lexer.Expect("<<");
            WriteSet(writer);
        }
    }

    private void WriteTuple(ValueWriter writer)
    {
        ref var lexer = ref cursor.Lexer;
        writer.Kind(ValueKind.Map);
        var start = writer.Open();
        var map = writer.Begin();
        for (var first = true; !lexer.Is("}"); first = false)
        {
            if (!first)
            {
                lexer.Expect(",");
            }

            if (lexer.Kind is not (PartiQlToken.Text or PartiQlToken.Quoted or PartiQlToken.Word))
            {
                throw lexer.Unexpected();
            }

            writer.Entry();
            writer.Bytes(Encoding.UTF8.GetBytes(lexer.Value));
            lexer.Take();
            lexer.Expect(":");
            Write(writer);
        }

        lexer.Expect("}");
        writer.EndMap(map);
        writer.Close(start);
    }

    private void WriteSet(ValueWriter writer)
    {
        ref var lexer = ref cursor.Lexer;
        var elements = new List<byte[]>();
        while (!lexer.Is(">>"))
        {
            if (elements.Count > 0)
            {
                lexer.Expect(",");
            }

            elements.Add(ParseValue());
        }

        lexer.Expect(">>");
        var kind = elements.Count == 0 ? ValueKind.None : Encoded.Kind(elements[0]);
        if (kind is not (ValueKind.String or ValueKind.Number or ValueKind.Binary) || elements.Exists(element => Encoded.Kind(element) != kind))
        {
            throw PartiQlLexer.Malformed("A bag holds texts, numbers or binaries only, and at least one");
        }

        var set = (ValueKind)((int)kind + (ValueKind.StringSet - ValueKind.String));
        writer.Kind(set);
        var start = writer.Open();
        var container = writer.Begin();
        foreach (var element in elements)
        {
            writer.Entry();
            writer.Bytes(Encoded.Payload(element));
        }

        var distinct = writer.EndSet(container, set);
        writer.Close(start);
        DynamoErrors.ThrowIf(!distinct, "Input collection contains duplicates");
    }

    private static void WriteNumber(ValueWriter writer, string text)
    {
        writer.Kind(ValueKind.Number);
        ValueMessages.Number(writer, Encoding.UTF8.GetBytes(text));
    }
}
