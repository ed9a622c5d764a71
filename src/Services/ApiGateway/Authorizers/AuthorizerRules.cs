using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Integrations;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>
/// What an authorizer may be, and its settings for those who ask it.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html"/>
/// </summary>
internal static class AuthorizerRules
{
    private const int MaxAuthorizers = 10;

    /// <summary>Why the authorizer cannot be; null if it can.</summary>
    public static ServiceError? Refusal(Authorizer authorizer, string protocol) => Why(authorizer, protocol) is { } why
        ? ApiGatewayV2Errors.BadRequestException.With(why)
        : null;

    /// <summary>Why it cannot stand beside the API's others.</summary>
    public static ServiceError? Refusal(Authorizer authorizer, ApiParts parts)
    {
        var others = parts.Authorizers.Where(other => other.AuthorizerId != authorizer.AuthorizerId).ToList();
        return others.Exists(other => other.Name == authorizer.Name)
            ? ApiGatewayV2Errors.ConflictException.With($"Authorizer with name {authorizer.Name} already exists for this API")
            : others.Count >= MaxAuthorizers ? ApiGatewayV2Errors.TooManyRequestsException.With("Maximum number of Authorizers for this API has been reached.")
            : null;
    }

    public static ServiceException Missing(string authorizerId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Authorizer identifier specified {authorizerId}").ToException();

    public static void Into(Batch batch, string apiId, Authorizer authorizer) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Authorizers, apiId, authorizer.AuthorizerId!),
        StoredJson.Encode(authorizer, ApiGatewayRecords.Default.Authorizer));

    public static LambdaAuthorizer ToLambda(Authorizer authorizer, string protocol) => new()
    {
        Id = authorizer.AuthorizerId!,
        Event = protocol == ProtocolType.Websocket ? AuthorizerEvent.Request
            : authorizer.AuthorizerPayloadFormatVersion == "1.0" ? AuthorizerEvent.HttpOne : AuthorizerEvent.HttpTwo,
        Uri = authorizer.AuthorizerUri!,
        CredentialsArn = authorizer.AuthorizerCredentialsArn,
        Sources = IdentitySource.ParseAll(authorizer.IdentitySource ?? []),
        Ttl = TimeSpan.FromSeconds(protocol == ProtocolType.Websocket ? 0 : authorizer.AuthorizerResultTtlInSeconds ?? 0),
        SimpleResponses = authorizer.EnableSimpleResponses == true,
    };

    public static JwtAuthorizer ToJwt(Authorizer authorizer) => new(
        authorizer.AuthorizerId!, IdentitySource.Parse(authorizer.IdentitySource![0])!.Value, authorizer.JwtConfiguration!.Issuer!,
        authorizer.JwtConfiguration.Audience!);

    private static string? Why(Authorizer authorizer, string protocol)
    {
        if (authorizer.Name.Length is 0 or > 128)
        {
            return "Name must be between 1 and 128 characters.";
        }

        return authorizer.AuthorizerType switch
        {
            AuthorizerType.Jwt => protocol == ProtocolType.Http ? WhyNotJwt(authorizer) : "JWT authorizers are not supported on protocol type WEBSOCKET",
            AuthorizerType.Request => WhyNotRequest(authorizer, protocol),
            _ => $"Invalid authorizer type {authorizer.AuthorizerType}. Must be one of [REQUEST, JWT]",
        };
    }

    private static string? WhyNotJwt(Authorizer authorizer)
    {
        if (authorizer.AuthorizerUri is not null || authorizer.AuthorizerCredentialsArn is not null || authorizer.EnableSimpleResponses is not null
            || authorizer.AuthorizerPayloadFormatVersion is not null || authorizer.AuthorizerResultTtlInSeconds is > 0)
        {
            return "AuthorizerUri, AuthorizerCredentialsArn, AuthorizerPayloadFormatVersion, AuthorizerResultTtlInSeconds and EnableSimpleResponses "
                + "are not supported on authorizer type JWT";
        }

        if (authorizer.IdentitySource is not [{ } source] || IdentitySource.Parse(source) is not { Place: IdentityPlace.Header or IdentityPlace.QueryString }
            || !source.StartsWith('$'))
        {
            return "IdentitySource of a JWT authorizer must be a single $request.header or $request.querystring selection expression.";
        }

        return authorizer.JwtConfiguration is not { Issuer: { Length: > 0 } issuer } ? "JwtConfiguration must have an issuer."
            : !IssuerKeys.MayAsk(issuer) ? $"Invalid issuer: {issuer}. Issuer must be a URL that begins with https://"
            : authorizer.JwtConfiguration.Audience is not { Count: > 0 } ? "JwtConfiguration must have an audience."
            : null;
    }

    private static string? WhyNotRequest(Authorizer authorizer, string protocol)
    {
        var isHttp = protocol == ProtocolType.Http;
        if (authorizer.JwtConfiguration is not null)
        {
            return "JwtConfiguration is not supported on authorizer type REQUEST";
        }

        if (authorizer.AuthorizerUri is not { } uri || !uri.StartsWith("arn:aws:apigateway:", StringComparison.Ordinal) || FunctionUri.Parse(uri) is null)
        {
            return "Invalid Authorizer URI. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.";
        }

        if (authorizer.AuthorizerCredentialsArn is { } role && !(Arn.TryParse(role, out var arn) && arn.Service == "iam"))
        {
            return "Invalid ARN specified in the request";
        }

        if (authorizer.IdentitySource?.FirstOrDefault(source => IdentitySource.Parse(source) is null || source.StartsWith('$') != isHttp) is { } wrong)
        {
            return $"Invalid mapping expression specified: {wrong}";
        }

        if (authorizer.AuthorizerResultTtlInSeconds is < 0 or > 3600)
        {
            return "AuthorizerResultTtlInSeconds must be between 0 and 3600.";
        }

        if (!isHttp)
        {
            return authorizer.AuthorizerPayloadFormatVersion is not null || authorizer.EnableSimpleResponses == true
                || authorizer.AuthorizerResultTtlInSeconds is > 0
                ? "AuthorizerPayloadFormatVersion, AuthorizerResultTtlInSeconds and EnableSimpleResponses are not supported on protocol type WEBSOCKET"
                : null;
        }

        return authorizer.AuthorizerPayloadFormatVersion is null ? "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer"
            : authorizer.AuthorizerPayloadFormatVersion is not ("1.0" or "2.0") ? "AuthorizerPayloadFormatVersion must be one of [1.0, 2.0]"
            : authorizer is { EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: "1.0" } ? "EnableSimpleResponses is supported on payload format version 2.0 only"
            : authorizer is { AuthorizerResultTtlInSeconds: > 0, IdentitySource: not { Count: > 0 } } ? "IdentitySource is required when caching is enabled."
            : null;
    }
}
