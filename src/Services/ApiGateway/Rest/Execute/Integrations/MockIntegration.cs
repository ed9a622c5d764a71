using System.Globalization;
using System.Text;
using Haneul.ApiGateway.Rest.Execute.Answers;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Answers without an endpoint: with the status code that the request template gives.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html"/>
/// </summary>
internal sealed class MockIntegration : IIntegration
{
    public ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel)
    {
        if (StatusCode(Encoding.UTF8.GetString(request.Body.Span)) is not { } status)
        {
            call.Log?.Error("Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template");
            return ValueTask.FromResult<IntegrationOutcome>(GatewayFault.Internal);
        }

        return ValueTask.FromResult<IntegrationOutcome>(new RestAnswer(status, [], ReadOnlyMemory<byte>.Empty));
    }

    /// <summary>Reads <c>statusCode</c> as leniently as AWS does: <c>{statusCode: 200}</c> is well formed to it.</summary>
    public static int? StatusCode(string template)
    {
        const string name = "statusCode";
        var text = template.AsSpan().Trim();
        if (text is not ['{', .., '}'])
        {
            return null;
        }

        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0;)
        {
            var rest = text[(at + name.Length)..].TrimStart("\"' \t\r\n");
            if (rest is [':', ..])
            {
                rest = rest[1..].TrimStart("\"' \t\r\n");
                var end = rest.IndexOfAnyExceptInRange('0', '9');
                return end > 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599 ? status : null;
            }

            var next = text[(at + 1)..].IndexOf(name, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return null;
    }
}
