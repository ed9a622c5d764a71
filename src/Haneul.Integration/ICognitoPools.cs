namespace Haneul.Integration;

/// <summary>The user pools of this cloud, as far as those who check their tokens need them. Implemented by Cognito; resolve it as optional.</summary>
public interface ICognitoPools
{
    /// <summary>A pool by its ARN; null if there is none.</summary>
    ValueTask<CognitoPool?> FindAsync(string userPoolArn, CancellationToken cancel);

    /// <summary>A pool by the issuer that its tokens name; null if there is none.</summary>
    ValueTask<CognitoPool?> FindByIssuerAsync(string issuer, CancellationToken cancel);
}

/// <param name="Arn">The pool.</param>
/// <param name="Issuer">Such as <c>https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc</c>.</param>
/// <param name="KeySet">The pool's public keys: a JSON Web Key Set in UTF-8.</param>
public sealed record CognitoPool(string Arn, string Issuer, ReadOnlyMemory<byte> KeySet);
