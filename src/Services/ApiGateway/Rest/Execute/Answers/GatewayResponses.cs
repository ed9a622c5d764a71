using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Mapping;

namespace Haneul.ApiGateway.Rest.Execute.Answers;

/// <summary>
/// Writes the answers that API Gateway gives of itself, as the owner of the API wants them.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"/>
/// </summary>
internal sealed class GatewayResponses(IReadOnlyList<GatewayResponse> changed)
{
    private const string HeaderPrefix = "gatewayresponse.header.";
    private const string Json = "application/json";

    private readonly FrozenDictionary<string, GatewayResponse> _changed =
        changed.Where(response => response.ResponseType is not null).ToFrozenDictionary(response => response.ResponseType!, StringComparer.Ordinal);

    /// <summary>As no owner has changed it: where the API is not known yet.</summary>
    public static RestAnswer Plain(GatewayFault fault) =>
        new(fault.Status, [new("Content-Type", Json), new("x-amzn-ErrorType", fault.ErrorType)], Encoding.UTF8.GetBytes(fault.Head + Quote(fault.Message) + "}"));

    public RestAnswer Render(GatewayFault fault, RestCall call)
    {
        call.Context["error.message"] = fault.Message;
        call.Context["error.messageString"] = Quote(fault.Message);
        call.Context["error.responseType"] = fault.Type;
        call.Context["error.validationErrorString"] = fault.ValidationError;
        var response = _changed.GetValueOrDefault(fault.Type) ?? _changed.GetValueOrDefault(fault.Status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
        if (response is null)
        {
            return Plain(fault);
        }

        var status = int.TryParse(response.StatusCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 100 and <= 599 ? code : fault.Status;
        var headers = new List<KeyValuePair<string, string>> { new("x-amzn-ErrorType", fault.ErrorType) };
        foreach (var (target, source) in response.ResponseParameters ?? new Dictionary<string, string>())
        {
            if (target.StartsWith(HeaderPrefix, StringComparison.Ordinal) && ParameterSource.Request(source, call) is { Count: > 0 } values)
            {
                headers.Add(new(target[HeaderPrefix.Length..], values[^1]));
            }
        }

        var (type, template) = Template(response.ResponseTemplates, call.Header("Accept"));
        if (!headers.Exists(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("Content-Type", type));
        }

        var isDefault = template is null or "{\"message\":$context.error.messageString}";
        var body = isDefault ? fault.Head + Quote(fault.Message) + "}" : GatewayTemplate.Expand(template!, call);
        return new RestAnswer(status, headers, Encoding.UTF8.GetBytes(body));
    }

    private static (string Type, string? Template) Template(IReadOnlyDictionary<string, string>? templates, string? accept)
    {
        if (templates is not { Count: > 0 })
        {
            return (Json, null);
        }

        foreach (var wanted in (accept ?? "").Split(','))
        {
            var type = wanted.Split(';')[0].Trim();
            if (templates.TryGetValue(type, out var template))
            {
                return (type, template);
            }
        }

        return templates.TryGetValue(Json, out var json) ? (Json, json) : (templates.First().Key, templates.First().Value);
    }

    private static string Quote(string? text) =>
        text is null ? "null" : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
