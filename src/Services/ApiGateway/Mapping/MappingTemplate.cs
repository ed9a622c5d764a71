using System.Collections.Concurrent;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Mapping;

/// <summary>Renders mapping templates. Those that were read lately are kept.</summary>
internal static class MappingTemplate
{
    private const int MaxKept = 2048;

    private static readonly ConcurrentDictionary<string, VelocityTemplate> s_kept = new(StringComparer.Ordinal);

    /// <param name="template">In VTL.</param>
    /// <param name="input">Body and parameters.</param>
    /// <param name="context">
    /// <c>$context</c>. Templates write <c>requestOverride</c> and <c>responseOverride</c> into it; keep it over the templates of one request.
    /// </param>
    /// <param name="stageVariables"><c>$stageVariables</c>.</param>
    /// <exception cref="VelocityException">It cannot be read, or failed.</exception>
    public static string Render(string template, TemplateInput input, VelocityMap context, IEnumerable<KeyValuePair<string, string>>? stageVariables)
    {
        if (!s_kept.TryGetValue(template, out var parsed))
        {
            parsed = VelocityTemplate.Parse(template);
            if (s_kept.Count >= MaxKept)
            {
                s_kept.Clear();
            }

            s_kept[template] = parsed;
        }

        return parsed.Render(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["input"] = input,
            ["context"] = context,
            ["stageVariables"] = new VelocityMap((stageVariables ?? []).Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)))
            {
                Missing = VelocityNothing.Instance,
            },
            ["util"] = TemplateUtil.Instance,
        });
    }

    /// <summary>A map for <c>$context</c> or an object in it: what it lacks writes nothing.</summary>
    public static VelocityMap Context(params IEnumerable<KeyValuePair<string, object?>> entries) => new(entries) { Missing = VelocityNothing.Instance };
}
