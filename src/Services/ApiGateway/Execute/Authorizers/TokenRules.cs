namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>What every token is checked for, once its signature is good.</summary>
internal static class TokenRules
{
    /// <returns>Why the token is refused, or null.</returns>
    public static string? Refusal(JsonWebToken token, string issuer, DateTimeOffset now)
    {
        if (token.Issuer != issuer)
        {
            return "the token has an invalid issuer";
        }

        if (!token.TryTime("exp", out var expires) || !token.TryTime("nbf", out var starts) || !token.TryTime("iat", out var issued))
        {
            return "the token has an invalid time";
        }

        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return expires is null || expires <= seconds ? "the token has expired"
            : starts > seconds || issued > seconds ? "the token is not valid yet"
            : null;
    }
}
