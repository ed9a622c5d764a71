using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>A client certificate with its private key (PKCS #8), which no operation shows.</summary>
internal sealed record ClientCertificateRecord(ClientCertificate Certificate, byte[] PrivateKey);
