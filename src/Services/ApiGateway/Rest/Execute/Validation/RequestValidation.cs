using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Answers;

namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <summary>
/// Checks a request before its integration is asked: required parameters, then the body by its model.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html"/>
/// </summary>
internal static class RequestValidation
{
    private const string Prefix = "method.request.";
    private const int MaxDepth = 64;

    /// <returns>Null when nothing is wrong with it, or nobody looks.</returns>
    public static GatewayFault? Check(RestCall call)
    {
        if (call.Method.RequestValidatorId is not { } id
            || call.Site.Snapshot.Validators.FirstOrDefault(validator => validator.Id == id) is not { } validator)
        {
            return null;
        }

        if (validator.ValidateRequestParameters == true && Missing(call) is { Count: > 0 } missing)
        {
            call.Log?.Error($"Request failed validation: Missing required request parameters: [{string.Join(", ", missing)}]");
            return GatewayFault.BadParameters($"Missing required request parameters: [{string.Join(", ", missing)}]");
        }

        if (validator.ValidateRequestBody == true && Model(call) is { } model && BodyErrors(call, model) is { Count: > 0 } errors)
        {
            call.Log?.Error($"Request body does not match model schema for content type {call.Header("Content-Type") ?? "application/json"}: [{string.Join(", ", errors)}]");
            return GatewayFault.BadBody($"[{string.Join(", ", errors)}]");
        }

        return null;
    }

    private static List<string> Missing(RestCall call)
    {
        var missing = new List<string>();
        foreach (var (parameter, required) in (call.Method.RequestParameters ?? new Dictionary<string, bool>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!required || !parameter.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var dot = parameter.IndexOf('.', Prefix.Length);
            var name = parameter[(dot + 1)..];
            var value = parameter[Prefix.Length..dot] switch
            {
                "header" => call.Header(name),
                "querystring" => call.QueryValue(name),
                "path" => call.PathParameter(name),
                _ => "",
            };
            if (string.IsNullOrEmpty(value))
            {
                missing.Add(name);
            }
        }

        return missing;
    }

    // A body of a type that has no model is not looked at.
    private static Model? Model(RestCall call)
    {
        var type = (call.Header("Content-Type") ?? "application/json").Split(';')[0].Trim();
        var name = call.Method.RequestModels?.GetValueOrDefault(type) ?? call.Method.RequestModels?.GetValueOrDefault("$default");
        return name is null ? null : call.Site.Snapshot.Models.FirstOrDefault(model => model.Name == name);
    }

    private static List<string> BodyErrors(RestCall call, Model model)
    {
        try
        {
            // Without a body an empty object is looked at.
            using var body = JsonDocument.Parse(call.Body.Length == 0 ? "{}"u8.ToArray() : call.Body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return call.Site.Schemas.Validate(model.Name!, body.RootElement);
        }
        catch (JsonException)
        {
            return ["Unable to parse the request body as JSON"];
        }
        catch (SchemaException exception)
        {
            return [exception.Message];
        }
    }
}
