using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>Renders mapping templates for a request or an answer, and keeps what they override.</summary>
internal sealed class MappingTemplates(ILogger<MappingTemplates> log)
{
    /// <param name="template">In Velocity's language.</param>
    /// <param name="call">The request; its overrides take what the template sets.</param>
    /// <param name="body">What <c>$input</c> reads: the request's body or the integration's.</param>
    /// <param name="isResponse">Whether it maps an answer.</param>
    /// <returns>Null if the template failed; the execution log says why.</returns>
    public string? Render(string template, RestCall call, ReadOnlyMemory<byte> body, bool isResponse)
    {
        if (template.AsSpan().IndexOfAny('$', '#') < 0)
        {
            return template;
        }

        Log.BadAnswer(log, call.RequestId, call.ApiId, template);
        call.Log?.Error("Execution failed due to configuration error: Unable to transform " + (isResponse ? "response" : "request"));
        return null;
    }
}
