namespace Haneul.Iam.Sts.WebIdentity;

/// <summary>Finds the public keys of an OpenID Connect provider.</summary>
public interface IWebKeys
{
    /// <param name="issuer">The provider's URL.</param>
    /// <param name="keyId">The key that a token names; an unknown one makes the provider be asked again.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The provider's key set, JSON.</returns>
    /// <exception cref="HttpRequestException">The provider cannot be reached or does not answer as one.</exception>
    ValueTask<string> FindAsync(string issuer, string? keyId, CancellationToken cancel);
}
