namespace Haneul.Kernel.Identity;

/// <summary>Finds the secret and the owner of an access key. Implemented by IAM and STS.</summary>
public interface ICredentials
{
    /// <param name="accessKeyId">As in the credential scope.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The credential, or null for a key that was never issued here.</returns>
    ValueTask<Credential?> FindAsync(string accessKeyId, CancellationToken cancel);
}
