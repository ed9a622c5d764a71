using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Authorizers;
using Haneul.ApiGateway.Rest.Methods;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Makes authorizers of security schemes, and says who guards a method.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html"/>
/// </summary>
internal sealed class SecurityImport(OpenApiDocument document, ImportedApi api)
{
    private const string AuthType = "x-amazon-apigateway-authtype";
    private const string Extension = "x-amazon-apigateway-authorizer";

    public void Run()
    {
        foreach (var (name, scheme) in document.SecuritySchemes.Members())
        {
            if (scheme.Member(Extension) is not { } extension)
            {
                continue;
            }

            var authorizer = new Authorizer
            {
                Name = name,
                Type = extension.Text("type")?.ToUpperInvariant(),
                AuthType = scheme.Text(AuthType),
                AuthorizerUri = extension.Text("authorizerUri"),
                AuthorizerCredentials = extension.Text("authorizerCredentials"),
                IdentityValidationExpression = extension.Text("identityValidationExpression"),
                AuthorizerResultTtlInSeconds = extension.Number("authorizerResultTtlInSeconds"),
                ProviderARNs = extension.Strings("providerARNs"),
                IdentitySource = extension.Text("identitySource") ?? (scheme.Text("name") is { } header ? "method.request.header." + header : null),
            };
            try
            {
                AuthorizerRules.Check(authorizer);
            }
            catch (Kernel.Errors.ServiceException exception)
            {
                throw RestFaults.BadRequest($"Errors found during import:\n\tUnable to put authorizer '{name}': {exception.Message}");
            }

            api.Authorizers.Add(authorizer);
        }
    }

    /// <summary>Sets what a method asks of its callers.</summary>
    /// <returns>The name of the authorizer, if there is one.</returns>
    public string? Guard(JsonElement operation, Method method)
    {
        method.AuthorizationType = MethodRules.None;
        method.ApiKeyRequired = false;
        string? authorizer = null;
        var requirements = operation.Member("security") is null ? document.Root.Items("security") : operation.Items("security");
        foreach (var (name, scopes) in requirements.SelectMany(static requirement => ((JsonElement?)requirement).Members()))
        {
            var scheme = document.SecuritySchemes.Member(name);
            if (api.Authorizers.Find(candidate => candidate.Name == name) is { } found)
            {
                authorizer = name;
                var isCognito = found.Type == AuthorizerType.CognitoUserPools;
                method.AuthorizationType = isCognito ? MethodRules.Cognito : MethodRules.Custom;
                method.AuthorizationScopes = isCognito && scopes.ValueKind == JsonValueKind.Array && scopes.GetArrayLength() > 0
                    ? [.. scopes.EnumerateArray().Select(JsonReading.AsText).OfType<string>()]
                    : null;
            }
            else if (string.Equals(scheme.Text(AuthType), "awsSigv4", StringComparison.OrdinalIgnoreCase))
            {
                method.AuthorizationType = MethodRules.Iam;
            }
            else if (scheme.Text("type") == "apiKey" && string.Equals(scheme.Text("name"), "x-api-key", StringComparison.OrdinalIgnoreCase))
            {
                method.ApiKeyRequired = true;
            }
            else
            {
                api.Warnings.Add($"Ignoring security requirement '{name}': API Gateway knows no authorizer of this name");
            }
        }

        if (string.Equals(operation.Member("x-amazon-apigateway-auth").Text("type"), MethodRules.Iam, StringComparison.OrdinalIgnoreCase))
        {
            method.AuthorizationType = MethodRules.Iam;
        }

        return authorizer;
    }
}
