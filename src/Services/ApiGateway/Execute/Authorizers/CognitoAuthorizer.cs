namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>The settings of an authorizer by user pools.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The header with the token.</param>
/// <param name="PoolArns">The token must be of one of them.</param>
/// <param name="ValidationExpression">A regular expression that the token's audience must match; null for none.</param>
internal sealed record CognitoAuthorizer(string Id, IdentitySource Source, IReadOnlyList<string> PoolArns, string? ValidationExpression);
