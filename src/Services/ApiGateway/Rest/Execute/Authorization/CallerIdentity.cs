using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute.Authorization;

/// <summary>Writes who signed a request into <c>$context.identity</c>.</summary>
internal static class CallerIdentity
{
    private const string Cognito = "cognito-identity.amazonaws.com:";

    public static void Describe(RestCall call, Principal principal)
    {
        var context = call.Context;
        context["identity.accessKey"] = principal.AccessKeyId;
        context["identity.accountId"] = principal.Account.Value;
        context["identity.caller"] = principal.UserId;
        context["identity.user"] = principal.UserId;
        context["identity.userArn"] = principal.Arn;
        if (principal.SessionKeys.GetValueOrDefault(Cognito + "sub") is { } identity)
        {
            context["identity.cognitoIdentityId"] = identity;
            context["identity.cognitoIdentityPoolId"] = principal.SessionKeys.GetValueOrDefault(Cognito + "aud");
            context["identity.cognitoAuthenticationType"] = principal.SessionKeys.GetValueOrDefault(Cognito + "amr");
            context["identity.cognitoAuthenticationProvider"] = principal.FederatedProvider;
        }
    }
}
