using System.Globalization;
using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// <c>$context</c> as templates see it: a map with maps in it, two of which they write to.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html"/>
/// </summary>
internal static class TemplateContext
{
    private const string Claims = "claims.";

    private static readonly string[] s_maps = ["identity", "authorizer", "error"];

    public static VelocityMap Make(ContextVariables variables)
    {
        var context = MappingTemplate.Context();
        var identity = MappingTemplate.Context();
        context["identity"] = identity;
        foreach (var (name, value) in variables.All)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || !s_maps.Contains(name[..dot]))
            {
                context[name] = value;
                continue;
            }

            var map = Inner(context, name[..dot]);
            var rest = name[(dot + 1)..];
            if (rest.StartsWith(Claims, StringComparison.Ordinal))
            {
                Inner(map, "claims")[rest[Claims.Length..]] = value;
            }
            else
            {
                map[rest] = value;
            }
        }

        context["requestOverride"] = MappingTemplate.Context(
            new("path", MappingTemplate.Context()), new("header", MappingTemplate.Context()), new("querystring", MappingTemplate.Context()));
        context["responseOverride"] = MappingTemplate.Context(new KeyValuePair<string, object?>("header", MappingTemplate.Context()));
        return context;
    }

    /// <summary>Takes what the templates have set so far.</summary>
    public static void Read(VelocityMap context, Overrides overrides)
    {
        if (context.Find("requestOverride") is VelocityMap request)
        {
            Lists(request.Find("header"), overrides.RequestHeaders);
            Lists(request.Find("querystring"), overrides.RequestQuery);
            foreach (var (name, value) in (request.Find("path") as VelocityMap)?.Entries ?? new Dictionary<string, object?>())
            {
                overrides.RequestPath[name] = JavaText.Of(value);
            }
        }

        if (context.Find("responseOverride") is VelocityMap response)
        {
            Lists(response.Find("header"), overrides.ResponseHeaders);
            overrides.ResponseStatus = Status(response.Find("status"));
        }
    }

    private static VelocityMap Inner(VelocityMap map, string name)
    {
        if (map.Contains(name) && map.Find(name) is VelocityMap there)
        {
            return there;
        }

        var made = MappingTemplate.Context();
        map[name] = made;
        return made;
    }

    private static void Lists(object? map, Dictionary<string, IReadOnlyList<string>> target)
    {
        foreach (var (name, value) in (map as VelocityMap)?.Entries ?? new Dictionary<string, object?>())
        {
            target[name] = value is VelocityList list ? [.. list.Items.Select(JavaText.Of)] : [JavaText.Of(value)];
        }
    }

    private static int? Status(object? value)
    {
        var status = value switch
        {
            long number => number,
            string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => 0,
        };
        return status is >= 100 and <= 599 ? (int)status : null;
    }
}
