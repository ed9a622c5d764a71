using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Asks the issuer of a JWT authorizer for its keys before the authorizer is made, as AWS does.</summary>
internal static class IssuerCheck
{
    public static async ValueTask<ServiceError?> RefusalAsync(Authorizer authorizer, IssuerKeys keys, CancellationToken cancel)
    {
        if (authorizer.JwtConfiguration?.Issuer is not { } issuer)
        {
            return null;
        }

        try
        {
            await keys.FindAsync(issuer, keyId: null, cancel);
            return null;
        }
        catch (IssuerException)
        {
            return ApiGatewayV2Errors.BadRequestException.With(
                $"Caught exception when connecting to {issuer.TrimEnd('/')}{IssuerKeys.DiscoveryPath} for issuer {issuer}. Please try again later. "
                + $"Error: Invalid issuer: {issuer}. Issuer must have a valid discovery endpoint ended with '{IssuerKeys.DiscoveryPath}'");
        }
    }
}
