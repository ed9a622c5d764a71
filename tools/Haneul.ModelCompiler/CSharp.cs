using System.Globalization;
using System.Text;

namespace Haneul.ModelCompiler;

/// <summary>C# text: literals, names and indented lines.</summary>
internal sealed class CSharp
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while", "reader", "value", "member",
    };

    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.StartsWith('}') || line.StartsWith(']'))
        {
            _depth--;
        }

        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
        if (line is "{" or "[")
        {
            _depth++;
        }
    }

    public override string ToString() => _text.ToString();

    public static string Literal(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or > '~' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace("-", "", StringComparison.Ordinal);

    public static string Local(string name)
    {
        var local = (char.ToLowerInvariant(name[0]) + name[1..]).Replace("-", "", StringComparison.Ordinal);
        return s_keywords.Contains(local) ? "@" + local + "1" : local;
    }

    /// <summary>An identifier for an enumeration's value: <c>PAY_PER_REQUEST</c> becomes <c>PayPerRequest</c>.</summary>
    public static string Constant(string value)
    {
        var name = new StringBuilder();
        foreach (var word in value.Split([.. value.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries))
        {
            var shouting = word.All(c => !char.IsAsciiLetterLower(c));
            name.Append(char.ToUpperInvariant(word[0])).Append(shouting ? word[1..].ToLowerInvariant() : word[1..]);
        }

        return name.Length == 0 ? "Empty" : char.IsAsciiDigit(name[0]) ? "_" + name : name.ToString();
    }
}
