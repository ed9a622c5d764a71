namespace Haneul.Integration.Certificates;

/// <summary>Tells services about the certificates that their resources name. Implemented by ACM.</summary>
public interface ICertificates
{
    /// <returns>Null if there is no such certificate.</returns>
    CertificateFacts? Find(string certificateArn);
}

/// <param name="Account">The owner.</param>
/// <param name="Names">The host names that it is for; a first label may be <c>*</c>.</param>
/// <param name="Issued">It can be used.</param>
/// <param name="NotAfter">When it ends.</param>
public sealed record CertificateFacts(string Account, IReadOnlyList<string> Names, bool Issued, DateTimeOffset NotAfter)
{
    /// <summary>Whether it proves a host name; a star stands for one label.</summary>
    public bool Covers(string host) => Names.Any(name =>
        name.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && host.AsSpan(dot).Equals(name.AsSpan(1), StringComparison.OrdinalIgnoreCase)));
}
