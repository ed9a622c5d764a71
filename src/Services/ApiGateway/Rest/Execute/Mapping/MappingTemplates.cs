using System.Text;
using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Velocity;
using Microsoft.Extensions.Logging;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>Renders the mapping templates of a request and its answer, and keeps what they override.</summary>
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

        var context = call.TemplateContext ??= TemplateContext.Make(call.Context);
        var input = new TemplateInput(Encoding.UTF8.GetString(body.Span), Last(call.PathParameters), Last(call.Query), Last(call.Headers));
        try
        {
            var text = MappingTemplate.Render(template, input, context, call.StageVariables);
            TemplateContext.Read(context, call.Overrides);
            return text;
        }
        catch (VelocityException exception)
        {
            Log.TemplateFailed(log, call.RequestId, call.ApiId, exception.Message);
            call.Log?.Error($"Execution failed due to configuration error: Unable to transform {(isResponse ? "response" : "request")}: {exception.Message}");
            return null;
        }
    }

    private static Dictionary<string, string> Last(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var last = new Dictionary<string, string>(pairs.Count, StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            last[name] = value;
        }

        return last;
    }
}
