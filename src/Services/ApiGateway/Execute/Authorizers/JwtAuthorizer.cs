namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>The settings of a JWT authorizer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">Where the token is.</param>
/// <param name="Issuer">The issuer's URL, which the token must name exactly.</param>
/// <param name="Audience">The token must be for one of them.</param>
internal sealed record JwtAuthorizer(string Id, IdentitySource Source, string Issuer, IReadOnlyList<string> Audience);
