using System.Text;
using Haneul.ApiGateway.Execute.Calls;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// Selection expressions: they make a key of values in a message.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html"/>
/// </summary>
internal static class Selection
{
    private const string Request = "request.body.";
    private const string Response = "integration.response.body.";

    /// <param name="expression">Such as <c>$request.body.action</c> or <c>${request.body.a}-${request.body.b}</c>; null and <c>\$default</c> select the default.</param>
    /// <param name="body">The message, or the integration's answer.</param>
    /// <returns><c>$default</c> where the values are not there.</returns>
    public static string Evaluate(string? expression, ReadOnlyMemory<byte> body)
    {
        if (string.IsNullOrEmpty(expression) || expression[0] == '\\')
        {
            return "$default";
        }

        if (expression[0] == '$' && !expression.StartsWith("${", StringComparison.Ordinal))
        {
            return Find(expression[1..], body) ?? "$default";
        }

        var key = new StringBuilder();
        var at = 0;
        for (int start; (start = expression.IndexOf("${", at, StringComparison.Ordinal)) >= 0;)
        {
            var end = expression.IndexOf('}', start);
            if (end < 0 || Find(expression[(start + 2)..end], body) is not { } value)
            {
                return "$default";
            }

            key.Append(expression, at, start - at).Append(value);
            at = end + 1;
        }

        return key.Append(expression, at, expression.Length - at).ToString();
    }

    private static string? Find(string name, ReadOnlyMemory<byte> body) =>
        name.StartsWith(Request, StringComparison.Ordinal) ? BodyPath.Read(body, name[Request.Length..])
        : name.StartsWith(Response, StringComparison.Ordinal) ? BodyPath.Read(body, name[Response.Length..])
        : null;
}
