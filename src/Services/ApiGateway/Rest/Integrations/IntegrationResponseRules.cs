using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>What an integration's response may be.</summary>
internal static class IntegrationResponseRules
{
    public static void Check(IntegrationResponse response, Method method)
    {
        MappingRules.CheckTemplates(response.ResponseTemplates);
        MappingRules.CheckResponse(response.ResponseParameters, method.MethodResponses?.GetValueOrDefault(response.StatusCode!));
    }

    /// <summary>AWS keeps an empty template as none: the body passes as it is.</summary>
    public static IReadOnlyDictionary<string, string>? Templates(IReadOnlyDictionary<string, string>? templates) =>
        templates?.ToDictionary(static entry => entry.Key, static entry => Texts.NullIfEmpty(entry.Value)!, StringComparer.Ordinal);
}
