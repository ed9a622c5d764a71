using System.Text.Json;
using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>Who may call a route.</summary>
/// <param name="Type">The route's authorization type.</param>
/// <param name="AuthorizerId">The authorizer, if there is one.</param>
/// <param name="Scopes">The scopes of which a token needs one.</param>
internal sealed record RouteGuard(string Type, string? AuthorizerId = null, IReadOnlyList<string>? Scopes = null);

/// <summary>
/// Makes authorizers of security schemes, and says who guards a route.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html"/>
/// </summary>
internal sealed class HttpSecurityImport(OpenApiDocument document, ImportedHttpApi api, ApiParts existing, IIdSource ids)
{
    private const string Extension = "x-amazon-apigateway-authorizer";

    private static readonly RouteGuard s_none = new(AuthorizationType.None);

    public void Run()
    {
        foreach (var (name, given) in document.SecuritySchemes.Members())
        {
            var scheme = document.Resolve(given);
            if (scheme.Member(Extension) is not { } extension)
            {
                continue;
            }

            var authorizer = New(name, scheme, document.Resolve(extension));
            if ((AuthorizerRules.Refusal(authorizer, ProtocolType.Http) ?? AuthorizerRules.Refusal(authorizer, api.Parts)) is { } refused)
            {
                ImportedHttpApi.Note(api.Errors, $"Unable to create authorizer '{name}': {refused.Message}");
            }
            else
            {
                api.Parts.Authorizers.Add(authorizer);
            }
        }
    }

    /// <summary>An operation's own requirements, or else the document's.</summary>
    public RouteGuard Guard(JsonElement operation, string routeKey)
    {
        if (operation.Member("x-amazon-apigateway-auth").Text("type") is { } type)
        {
            return string.Equals(type, AuthorizationType.AwsIam, StringComparison.OrdinalIgnoreCase)
                ? new RouteGuard(AuthorizationType.AwsIam)
                : s_none;
        }

        RouteGuard? guard = null;
        var requirements = operation.Member("security") is null ? document.Root.Items("security") : operation.Items("security");
        foreach (var (name, scopes) in requirements.SelectMany(static requirement => ((JsonElement?)requirement).Members()))
        {
            if (guard is not null)
            {
                ImportedHttpApi.Note(
                    api.Warnings, $"Ignoring security requirement '{name}' of route '{routeKey}': a route has one authorizer");
            }
            else if (Find(name, scopes) is { } found)
            {
                guard = found;
            }
            else
            {
                ImportedHttpApi.Note(
                    api.Warnings,
                    $"Ignoring security requirement '{name}' of route '{routeKey}': no security scheme of this name has an authorizer");
            }
        }

        return guard ?? s_none;
    }

    private RouteGuard? Find(string name, JsonElement scopes)
    {
        if (api.Parts.Authorizers.Find(authorizer => authorizer.Name == name) is { } found)
        {
            var wanted = scopes.ValueKind == JsonValueKind.Array
                ? scopes.EnumerateArray().Select(JsonReading.AsText).OfType<string>().ToList()
                : [];
            return found.AuthorizerType == AuthorizerType.Jwt
                ? new RouteGuard(AuthorizationType.Jwt, found.AuthorizerId, wanted.Count == 0 ? null : wanted)
                : new RouteGuard(AuthorizationType.Custom, found.AuthorizerId);
        }

        var isSigned = document.SecuritySchemes.Member(name) is { } scheme
            && string.Equals(document.Resolve(scheme).Text("x-amazon-apigateway-authtype"), "awsSigv4", StringComparison.OrdinalIgnoreCase);
        return isSigned ? new RouteGuard(AuthorizationType.AwsIam) : null;
    }

    private Authorizer New(string name, JsonElement scheme, JsonElement extension)
    {
        var type = extension.Text("type")?.ToUpperInvariant();
        var isRequest = type == AuthorizerType.Request;
        var sources = extension.Strings("identitySource")
            ?? [.. (extension.Text("identitySource") ?? "").Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var hasSimple = extension.Member("enableSimpleResponses") is not null;
        return new Authorizer
        {
            AuthorizerCredentialsArn = extension.Text("authorizerCredentials"),
            AuthorizerId = existing.Authorizers.Find(authorizer => authorizer.Name == name)?.AuthorizerId
                ?? ids.NewString(6, RandomIdSource.LowerAlphanumeric),
            AuthorizerPayloadFormatVersion =
                extension.Text("authorizerPayloadFormatVersion") switch { "1" => "1.0", "2" => "2.0", var version => version },
            AuthorizerResultTtlInSeconds = extension.Number("authorizerResultTtlInSeconds")
                ?? (isRequest && sources.Count > 0 ? 300 : null),
            AuthorizerType = type!,
            AuthorizerUri = extension.Text("authorizerUri"),
            EnableSimpleResponses = hasSimple ? extension.Flag("enableSimpleResponses") : isRequest ? false : null,
            IdentitySource = sources,
            JwtConfiguration = extension.Member("jwtConfiguration") is not { } jwt ? null : new JWTConfiguration
            {
                Audience = jwt.Strings("audience"),
                Issuer = jwt.Text("issuer") ?? Issuer(scheme),
            },
            Name = name,
        };
    }

    // A scheme of OpenID Connect names its issuer by the address of its discovery document.
    private static string? Issuer(JsonElement scheme) =>
        scheme.Text("openIdConnectUrl") is { } url && url.EndsWith(IssuerKeys.DiscoveryPath, StringComparison.Ordinal)
            ? url[..^IssuerKeys.DiscoveryPath.Length]
            : null;
}
