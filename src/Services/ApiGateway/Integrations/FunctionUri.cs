using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// The function that an integration's URI names: its ARN, or <c>arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations</c>.
/// </summary>
internal static class FunctionUri
{
    private const string Head = "path/2015-03-31/functions/";
    private const string Tail = "/invocations";

    /// <returns>The function's ARN; it may hold <c>${stageVariables.name}</c>. Null if the URI names no function.</returns>
    public static string? Parse(string uri)
    {
        if (!Arn.TryParse(uri, out var arn))
        {
            return null;
        }

        if (arn.Service == "lambda" && arn.Resource.StartsWith("function:", StringComparison.Ordinal))
        {
            return uri;
        }

        // Its account part is "lambda".
        return arn.Service == "apigateway" && arn.Account == "lambda" && arn.Resource.StartsWith(Head, StringComparison.Ordinal)
            && arn.Resource.EndsWith(Tail, StringComparison.Ordinal) && arn.Resource.Length > Head.Length + Tail.Length
            ? Parse(arn.Resource[Head.Length..^Tail.Length])
            : null;
    }

    /// <summary>Puts the stage's variables into a function's ARN.</summary>
    public static string Resolve(string functionArn, IReadOnlyDictionary<string, string>? variables)
    {
        const string open = "${stageVariables.";
        for (var start = functionArn.IndexOf(open, StringComparison.Ordinal); start >= 0; start = functionArn.IndexOf(open, start, StringComparison.Ordinal))
        {
            var end = functionArn.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            var value = variables?.GetValueOrDefault(functionArn[(start + open.Length)..end]) ?? "";
            functionArn = functionArn[..start] + value + functionArn[(end + 1)..];
            start += value.Length;
            if (start >= functionArn.Length)
            {
                break;
            }
        }

        return functionArn;
    }
}
