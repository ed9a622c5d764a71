using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Integrations;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>
/// What an authorizer may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html"/>
/// </summary>
internal static class AuthorizerRules
{
    /// <summary>Seconds.</summary>
    private const int LongestTtl = 3600;

    private static readonly string[] s_requestSources =
        ["method.request.header.", "method.request.querystring.", "stageVariables.", "context."];

    public static Authorizer Own(IPartitionReader reader, string apiId, string id, CallContext context) => RestPart.Own(
        reader, ApiGatewayKeyspace.RestAuthorizers, apiId, id, RestRecords.Default.Authorizer, context,
        static () => RestFaults.NotFound("Invalid Authorizer identifier specified"));

    /// <summary>Fills in what AWS fills in and checks the whole.</summary>
    public static void Check(Authorizer authorizer)
    {
        if (string.IsNullOrWhiteSpace(authorizer.Name))
        {
            throw RestFaults.BadRequest("Authorizer name must be non-empty");
        }

        if (authorizer.AuthorizerResultTtlInSeconds is < 0 or > LongestTtl)
        {
            throw RestFaults.BadRequest("Authorizer result TTL must be between 0 and 3600 seconds");
        }

        switch (authorizer.Type)
        {
            case AuthorizerType.CognitoUserPools:
                authorizer.AuthType ??= "cognito_user_pools";
                CheckProviders(authorizer.ProviderARNs);
                CheckSource(authorizer.IdentitySource);
                break;
            case AuthorizerType.Token:
                authorizer.AuthType ??= "custom";
                CheckUri(authorizer.AuthorizerUri);
                CheckSource(authorizer.IdentitySource);
                break;
            case AuthorizerType.Request:
                authorizer.AuthType ??= "custom";
                CheckUri(authorizer.AuthorizerUri);
                CheckSources(authorizer);
                break;
            default:
                throw RestFaults.BadRequest("Invalid authorizer type specified. Must be one of: [TOKEN, REQUEST, COGNITO_USER_POOLS]");
        }
    }

    private static void CheckUri(string? uri)
    {
        // arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION/invocations, where stage variables may stand for the function.
        var isCall = uri is not null && (FunctionUri.Parse(uri) is not null || uri.Contains("functions/${stageVariables.", StringComparison.Ordinal));
        if (!isCall || !uri!.Contains(":lambda:path/", StringComparison.Ordinal))
        {
            throw RestFaults.BadRequest(
                $"Invalid Authorizer URI: {uri ?? "null"}. "
                + "Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.");
        }
    }

    private static void CheckProviders(IReadOnlyList<string>? providers)
    {
        if (providers is not { Count: > 0 })
        {
            throw RestFaults.BadRequest("No provider ARNs specified for authorizer of type COGNITO_USER_POOLS");
        }

        foreach (var provider in providers)
        {
            if (!Arn.TryParse(provider, out var arn) || arn.Service != "cognito-idp"
                || !arn.Resource.StartsWith("userpool/", StringComparison.Ordinal))
            {
                throw RestFaults.BadRequest("Invalid Cognito User Pool ARN format specified in the request");
            }
        }
    }

    private static void CheckSource(string? source)
    {
        const string header = "method.request.header.";
        if (source?.StartsWith(header, StringComparison.Ordinal) != true || source.Length == header.Length)
        {
            throw RestFaults.Mapping($"Invalid mapping expression specified: {source ?? "null"}");
        }
    }

    private static void CheckSources(Authorizer authorizer)
    {
        if (string.IsNullOrWhiteSpace(authorizer.IdentitySource))
        {
            if (authorizer.AuthorizerResultTtlInSeconds is not 0)
            {
                throw RestFaults.BadRequest("Identity source is required when authorizer caching is enabled");
            }

            return;
        }

        foreach (var source in authorizer.IdentitySource.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Array.Exists(s_requestSources, head => source.StartsWith(head, StringComparison.Ordinal) && source.Length > head.Length))
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {source}");
            }
        }
    }
}
