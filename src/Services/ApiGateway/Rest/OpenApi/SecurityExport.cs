using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Methods;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Writes who guards methods: authorizers, API keys, signatures.</summary>
internal sealed class SecurityExport(Utf8JsonWriter json, ExportOptions options)
{
    public const string ApiKey = "api_key";
    public const string Signature = "sigv4";

    private const string HeaderHead = "method.request.header.";

    public void Write(string name)
    {
        var methods = options.Api.Resources.SelectMany(static resource => resource.ResourceMethods?.Values ?? []).ToList();
        var used = options.Api.Authorizers.Where(authorizer => methods.Exists(method => method.AuthorizerId == authorizer.Id)).ToList();
        var withKey = methods.Exists(static method => method.ApiKeyRequired == true);
        var withSignature = methods.Exists(static method => method.AuthorizationType == MethodRules.Iam);
        if (used.Count == 0 && !withKey && !withSignature)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var authorizer in used)
        {
            Scheme(authorizer.Name!, HeaderOf(authorizer), authorizer.AuthType, authorizer);
        }

        if (withKey)
        {
            Scheme(ApiKey, "x-api-key", authType: null, authorizer: null);
        }

        if (withSignature)
        {
            Scheme(Signature, "Authorization", "awsSigv4", authorizer: null);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes what a method asks for.</summary>
    public static void WriteRequirements(Utf8JsonWriter json, ExportOptions options, Method method)
    {
        var authorizer = options.Api.Authorizers.FirstOrDefault(authorizer => authorizer.Id == method.AuthorizerId)?.Name;
        var guard = method.AuthorizationType == MethodRules.Iam ? Signature : authorizer;
        if (guard is null && method.ApiKeyRequired != true)
        {
            return;
        }

        json.WriteStartArray("security");
        if (guard is not null)
        {
            json.WriteStartObject();
            json.WriteStartArray(guard);
            foreach (var scope in method.AuthorizationScopes ?? [])
            {
                json.WriteStringValue(scope);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (method.ApiKeyRequired == true)
        {
            json.WriteStartObject();
            json.WriteStartArray(ApiKey);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string HeaderOf(Authorizer authorizer) =>
        authorizer.IdentitySource is { } source && source.StartsWith(HeaderHead, StringComparison.Ordinal)
                && !source.Contains(',', StringComparison.Ordinal)
            ? source[HeaderHead.Length..]
            : "Unused";

    private void Scheme(string name, string header, string? authType, Authorizer? authorizer)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "apiKey");
        json.WriteString("name", header);
        json.WriteString("in", "header");
        if (authType is not null)
        {
            json.WriteString("x-amazon-apigateway-authtype", authType);
        }

        if (authorizer is not null && options.Authorizers)
        {
            json.WriteStartObject("x-amazon-apigateway-authorizer");
            json.WriteString("type", authorizer.Type!.ToLowerInvariant());
            IntegrationExport.Optional(json, "authorizerUri", authorizer.AuthorizerUri);
            IntegrationExport.Optional(json, "authorizerCredentials", authorizer.AuthorizerCredentials);
            IntegrationExport.Optional(json, "identityValidationExpression", authorizer.IdentityValidationExpression);
            if (authorizer.Type == AuthorizerType.Request)
            {
                IntegrationExport.Optional(json, "identitySource", authorizer.IdentitySource);
            }

            if (authorizer.AuthorizerResultTtlInSeconds is { } ttl)
            {
                json.WriteNumber("authorizerResultTtlInSeconds", ttl);
            }

            IntegrationExport.List(json, "providerARNs", authorizer.ProviderARNs);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
