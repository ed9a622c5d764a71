using System.Security.Cryptography.X509Certificates;

namespace Haneul.ApiGateway.Execute.OutboundHttp;

/// <summary>A request to an HTTP endpoint outside of API Gateway.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Absolute, with its query.</param>
/// <param name="Headers">In order. Names and values that HTTP cannot carry, and what belongs to the connection, are left out.</param>
/// <param name="Body">Not sent with GET, HEAD and OPTIONS, as AWS does not.</param>
/// <param name="SkipVerification">Take a certificate of any issuer, as <c>insecureSkipVerification</c> asks for.</param>
/// <param name="Certificate">Shown to endpoints that ask for one.</param>
internal sealed record OutboundRequest(
    string Method,
    Uri Uri,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body,
    bool SkipVerification = false,
    X509Certificate2? Certificate = null);

/// <param name="Status">HTTP status.</param>
/// <param name="Headers">As the endpoint sent them, one entry for each line.</param>
/// <param name="Body">All of it.</param>
internal sealed record OutboundAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
