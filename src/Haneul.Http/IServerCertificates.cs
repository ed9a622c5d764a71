using System.Net.Security;

namespace Haneul.Http;

/// <summary>The certificates by which this cloud proves its host names. Implemented by ACM.</summary>
public interface IServerCertificates
{
    /// <param name="host">What the client asks for; empty if it does not say.</param>
    SslStreamCertificateContext Find(string host);
}
