using System.Text;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// The value of a parameter mapping: a text, a variable (<c>$request.header.name</c>), or a text with variables in it (<c>${request.path.id}-x</c>).
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html"/>
/// </summary>
internal sealed class MappingValue
{
    private static readonly string[] s_request = ["request.header.", "request.querystring.", "request.path.", "request.body.", "context.", "stageVariables."];
    private static readonly string[] s_response = ["response.header.", "response.body.", "context.", "stageVariables."];

    private readonly List<(string Text, bool Variable)> _parts = [];

    private MappingValue()
    {
    }

    /// <summary>Whether the value is one variable and nothing else.</summary>
    public bool IsVariable => _parts is [{ Variable: true }];

    /// <summary>Null if the text names a variable that there is not.</summary>
    public static MappingValue? Parse(string text, bool ofResponse)
    {
        var value = new MappingValue();
        if (text.StartsWith('$') && !text.StartsWith("${", StringComparison.Ordinal))
        {
            value._parts.Add((text[1..], true));
            return IsKnown(text[1..], ofResponse) ? value : null;
        }

        var at = 0;
        for (int start; (start = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf('}', start);
            if (end < 0 || !IsKnown(text[(start + 2)..end], ofResponse))
            {
                return null;
            }

            value.AddText(text[at..start]);
            value._parts.Add((text[(start + 2)..end], true));
            at = end + 1;
        }

        value.AddText(text[at..]);
        return value;
    }

    /// <param name="find">A variable's value; null if it has none.</param>
    /// <returns>Null if the value is one variable that has none; inside of a text such a variable is empty.</returns>
    public string? Evaluate(Func<string, string?> find)
    {
        if (_parts is [var (name, variable)])
        {
            return variable ? find(name) : name;
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Variable ? find(part.Text) : part.Text);
        }

        return text.ToString();
    }

    private static bool IsKnown(string name, bool ofResponse) => ofResponse
        ? name == "response.body" || s_response.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)
        : name is "request.path" or "request.body"
            || s_request.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length);

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add((text, false));
        }
    }
}
