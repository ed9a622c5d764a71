using System.Text;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Answers;

/// <summary>
/// Puts variables into the body of a gateway response. These templates know no statements, only <c>$context.name</c>, <c>$stageVariables.name</c> and
/// <c>$method.request.place.name</c>, with or without braces.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"/>
/// </summary>
internal static class GatewayTemplate
{
    private static readonly string[] s_roots = ["context.", "stageVariables.", "method.request."];

    public static string Expand(string template, RestCall call)
    {
        var text = new StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var dollar = template.IndexOf('$', at);
            if (dollar < 0)
            {
                text.Append(template, at, template.Length - at);
                break;
            }

            text.Append(template, at, dollar - at);
            at = dollar + Variable(template, dollar, out var source);
            text.Append(source is null ? template.AsSpan(dollar, at - dollar) : ParameterSource.Request(source, call) is { Count: > 0 } values ? values[^1] : "");
        }

        return text.ToString();
    }

    // The length of what begins with the dollar; the source is null where no variable is meant.
    private static int Variable(string template, int dollar, out string? source)
    {
        source = null;
        var braced = dollar + 1 < template.Length && template[dollar + 1] == '{';
        var start = dollar + (braced ? 2 : 1);
        var end = start;
        while (end < template.Length && (char.IsAsciiLetterOrDigit(template[end]) || template[end] is '.' or '-' or '_'))
        {
            end++;
        }

        // A dot that ends a sentence is no part of the name.
        while (end > start && template[end - 1] == '.')
        {
            end--;
        }

        var name = template[start..end];
        if ((braced && (end >= template.Length || template[end] != '}')) || !s_roots.Any(root => name.StartsWith(root, StringComparison.Ordinal)))
        {
            return 1;
        }

        source = name;
        return end - dollar + (braced ? 1 : 0);
    }
}
