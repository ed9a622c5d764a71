using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Turns YAML into the JSON that it means, from the parser's events: tags mean nothing, keys are texts, merge keys (<c>&lt;&lt;</c>) are merged.
/// Depth, and the size that aliases may blow a document up to, are bounded.
/// </summary>
internal sealed class YamlReader
{
    private const int MostDepth = 100;
    private const int MostNodes = 500_000;

    private readonly Dictionary<AnchorName, Node> _anchors = [];
    private readonly Parser _parser;
    private int _written;

    private YamlReader(TextReader text) => _parser = new Parser(text);

    /// <exception cref="FormatException">It is no YAML, or more of it than is taken.</exception>
    public static byte[] ToJson(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            var yaml = new YamlReader(reader);
            yaml._parser.MoveNext();
            yaml.Expect<StreamStart>();
            yaml.Expect<DocumentStart>();
            var root = yaml.ReadNode(depth: 0);
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                yaml.Write(json, root, depth: 0);
            }

            return buffer.WrittenSpan.ToArray();
        }
        catch (YamlException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private void Expect<T>()
    {
        if (_parser.Current is not T)
        {
            throw new FormatException("A document was expected.");
        }

        _parser.MoveNext();
    }

    private Node ReadNode(int depth)
    {
        if (depth > MostDepth)
        {
            throw new FormatException("The document is nested too deeply.");
        }

        Node node;
        switch (_parser.Current)
        {
            case AnchorAlias alias:
                node = _anchors.GetValueOrDefault(alias.Value) ?? throw new FormatException($"The anchor {alias.Value} is not known.");
                break;
            case Scalar scalar:
                node = new Node { Text = scalar.Value, IsPlain = scalar is { Style: ScalarStyle.Plain, IsQuotedImplicit: false } };
                Remember(scalar.Anchor, node);
                break;
            case SequenceStart start:
                node = new Node { Items = [] };
                _parser.MoveNext();
                while (_parser.Current is not SequenceEnd)
                {
                    node.Items.Add(ReadNode(depth + 1));
                }

                Remember(start.Anchor, node);
                break;
            case MappingStart start:
                node = new Node { Members = [] };
                _parser.MoveNext();
                while (_parser.Current is not MappingEnd)
                {
                    var key = ReadNode(depth + 1);
                    node.Members.Add((key.Text ?? throw new FormatException("Keys are texts."), ReadNode(depth + 1)));
                }

                Remember(start.Anchor, node);
                break;
            default:
                throw new FormatException("A value was expected.");
        }

        _parser.MoveNext();
        return node;
    }

    // A node is known by its anchor once it is whole, so that none can hold itself.
    private void Remember(AnchorName anchor, Node node)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = node;
        }
    }

    private void Write(Utf8JsonWriter json, Node node, int depth)
    {
        if (++_written > MostNodes || depth > MostDepth)
        {
            throw new FormatException("The document is too large.");
        }

        if (node.Items is { } items)
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                Write(json, item, depth + 1);
            }

            json.WriteEndArray();
        }
        else if (node.Members is { } members)
        {
            json.WriteStartObject();
            foreach (var (key, value) in Merged(members, depth))
            {
                json.WritePropertyName(key);
                Write(json, value, depth + 1);
            }

            json.WriteEndObject();
        }
        else
        {
            WriteScalar(json, node);
        }
    }

    // Own members win over merged ones; of members of one name the last wins.
    private static Dictionary<string, Node> Merged(List<(string Key, Node Value)> members, int depth)
    {
        var merged = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (_, value) in members.Where(static member => member.Key == "<<"))
        {
            foreach (var source in value.Items ?? [value])
            {
                if (source.Members is not { } others || depth > MostDepth)
                {
                    throw new FormatException("Only mappings can be merged.");
                }

                foreach (var (key, other) in Merged(others, depth + 1))
                {
                    merged.TryAdd(key, other);
                }
            }
        }

        foreach (var (key, value) in members.Where(static member => member.Key != "<<"))
        {
            merged[key] = value;
        }

        return merged;
    }

    private static void WriteScalar(Utf8JsonWriter json, Node node)
    {
        var text = node.Text!;
        if (!node.IsPlain)
        {
            json.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            json.WriteNullValue();
        }
        else if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            json.WriteBooleanValue(text[0] is 't' or 'T');
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && !HasLeadingZero(text))
        {
            json.WriteNumberValue(whole);
        }
        else if (text.Split('.') is [var units, { Length: > 0 } parts] && parts.All(char.IsAsciiDigit)
            && units.TrimStart('-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit) && units.Length - digits.Length <= 1
            && !HasLeadingZero(text))
        {
            // A version such as 1.0 keeps its last zero for those who want the text.
            json.WriteRawValue(text);
        }
        else if (IsDecimal(text) && !HasLeadingZero(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    // Account ids and the like are texts.
    private static bool HasLeadingZero(string text) => text.TrimStart('-', '+') is ['0', >= '0' and <= '9', ..];

    // Versions such as 1.0.0 and dates are texts.
    private static bool IsDecimal(string text) =>
        text.Any(char.IsAsciiDigit) && text.All(static c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e' or 'E')
        && char.IsAsciiDigit(text[^1])
        && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '.');

    private sealed class Node
    {
        public string? Text { get; init; }

        public bool IsPlain { get; init; }

        public List<Node>? Items { get; init; }

        public List<(string Key, Node Value)>? Members { get; init; }
    }
}
