namespace Haneul.Integration.Certificates;

/// <summary>Services whose resources have host names of their own with certificates of ACM, such as custom domain names.</summary>
public interface ICertificateUsers
{
    /// <summary>The certificate of a host name; null if the name is none of this service's. Asked for every TLS connection.</summary>
    string? FindCertificate(string host);

    /// <summary>The ARNs of what uses a certificate, which keeps it from being deleted.</summary>
    IReadOnlyList<string> UsesOf(string certificateArn);
}
