using System.Text;
using Haneul.ApiGateway.Velocity.Nodes;

namespace Haneul.ApiGateway.Velocity;

/// <summary>Reads a template: the text level here, directives and expressions in files beside it.</summary>
internal sealed partial class VelocityParser(string source)
{
    private const int MaxDepth = 64;

    private int _at;
    private int _depth;

    // The directive that ended the last block: end, else or elseif.
    private string _ended = "";

    // White space before #set is dropped at the start of a template and directly behind a reference or directive.
    private bool _fresh = true;

    private char Current => _at < source.Length ? source[_at] : '\0';

    /// <exception cref="VelocityException">The text is not a template.</exception>
    public Block ParseTemplate()
    {
        var block = ParseBlock(inside: false);
        return _ended.Length == 0 ? block : throw Error($"#{_ended} closes nothing");
    }

    private Block ParseBlock(bool inside)
    {
        if (++_depth > MaxDepth)
        {
            throw Error("The template is nested too deeply");
        }

        var nodes = new List<Node>();
        var text = new StringBuilder();
        _ended = "";
        while (_at < source.Length && _ended.Length == 0)
        {
            var node = Current switch
            {
                '\\' => ParseEscapes(text),
                '$' => ParseReferenceNode(0),
                '#' => ParseHash(),
                _ => null,
            };
            if (node is not null)
            {
                if (node is SetNode && _fresh)
                {
                    TrimBlanks(text);
                }

                Flush(nodes, text);
                nodes.Add(node);
                _fresh = true;
            }
            else if (_ended.Length == 0)
            {
                TakeText(text);
            }
        }

        Flush(nodes, text);
        _depth--;
        return inside && _ended.Length == 0 ? throw Error("A block is not closed by #end") : new Block(nodes);
    }

    // What was not taken by anything else is text: one character, and all plain ones after it.
    private void TakeText(StringBuilder text)
    {
        if (_at >= source.Length || _taken)
        {
            _taken = false;
            return;
        }

        var start = _at++;
        while (_at < source.Length && source[_at] is not ('$' or '#' or '\\'))
        {
            _at++;
        }

        var piece = source.AsSpan(start, _at - start);
        text.Append(piece);
        _fresh &= piece.IndexOfAnyExcept(' ', '\t') < 0;
    }

    // Something wrote to the text itself, as comments and escapes do.
    private bool _taken;

    private static void TrimBlanks(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or '\t')
        {
            text.Length--;
        }
    }

    private static void Flush(List<Node> nodes, StringBuilder text)
    {
        if (text.Length > 0)
        {
            nodes.Add(new TextNode(text.ToString()));
            text.Clear();
        }
    }

    // Backslashes mean something only before a reference or a directive.
    private ReferenceNode? ParseEscapes(StringBuilder text)
    {
        var count = 0;
        while (_at + count < source.Length && source[_at + count] == '\\')
        {
            count++;
        }

        var start = _at;
        _at += count;
        if (Current == '$' && ParseReferenceNode(count) is { } reference)
        {
            return reference;
        }

        if (Current == '#' && DirectiveName(_at, out _) is { } name && IsDirective(name))
        {
            text.Append('\\', count / 2);
            _taken = true;
            _fresh = false;
            if (count % 2 == 0)
            {
                return null;
            }

            // The name is text; what follows it is read as usual.
            var end = _at + 1 + (source[_at + 1] == '{' ? name.Length + 2 : name.Length);
            text.Append(source, _at, end - _at);
            _at = end;
            return null;
        }

        _at = start;
        text.Append('\\', count);
        _at += count;
        _taken = true;
        _fresh = false;
        return null;
    }

    private ReferenceNode? ParseReferenceNode(int escapes)
    {
        var start = _at;
        if (TryReference(out var quiet) is { } reference)
        {
            return new ReferenceNode(reference, source[start.._at], quiet, escapes);
        }

        _at = start;
        return null;
    }

    private VelocityException Error(string message)
    {
        var before = source.AsSpan(0, Math.Min(_at, source.Length));
        var line = before.Count('\n') + 1;
        return new VelocityException($"{message} at line {line}, column {before.Length - before.LastIndexOf('\n')}.");
    }
}
