using Haneul.Auth;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;

namespace Haneul.Gateway.Stages;

/// <summary>
/// How services word the refusal of a signature. JSON services answer 400 and names that end in Exception; the others 403 and, in XML, names of
/// their own. <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"/>
/// </summary>
internal static class AuthErrors
{
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.";

    public static ServiceError Missing(Protocol protocol) => Error(
        protocol, "MissingAuthenticationTokenException", "MissingAuthenticationToken",
        protocol is Protocol.RestJson1 or Protocol.RestXml ? "Missing Authentication Token" : "Request is missing Authentication Token");

    public static ServiceError UnknownKey(Protocol protocol) => Error(
        protocol, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid.");

    public static ServiceError ExpiredToken(Protocol protocol) => Error(
        protocol, "ExpiredTokenException", "ExpiredToken", "The security token included in the request is expired");

    /// <summary>An unknown key in the open mode, from a place where it could be anybody's.</summary>
    public static ServiceError NotLocal(Protocol protocol, string reason) =>
        Error(protocol, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid. " + reason);

    public static ServiceError Incomplete(Protocol protocol) => Error(
        protocol, "IncompleteSignatureException", "IncompleteSignature", "The request signature does not conform to AWS standards.", status: 400);

    public static ServiceError WrongService(Protocol protocol, string expected) =>
        Signature(protocol, $"Credential should be scoped to correct service: '{expected}'.");

    public static ServiceError WrongBody(Protocol protocol) => Signature(protocol, Mismatch);

    /// <summary>The answer to a refusal of <see cref="SigV4"/>.</summary>
    public static ServiceError Refused(Protocol protocol, AuthRefusal refusal, SignatureParts parts, DateTimeOffset now, Func<string> canonicalRequest)
    {
        switch (refusal)
        {
            case AuthRefusal.WrongScope:
                return Signature(protocol, $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{parts.Scope.Date}' != '{parts.Timestamp}'.");
            case AuthRefusal.UnsignedHeader:
                return Signature(protocol, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
            case AuthRefusal.Expired when parts.Time > now:
                return Signature(
                    protocol, $"Signature not yet current: {parts.Timestamp} is still later than {SignatureParts.Format(now + SigV4.MaxSkew)} "
                    + $"({SignatureParts.Format(now)} + 15 min.)");
            case AuthRefusal.Expired:
                return Signature(
                    protocol, $"Signature expired: {parts.Timestamp} is now earlier than {SignatureParts.Format(now - SigV4.MaxSkew)} "
                    + $"({SignatureParts.Format(now)} - 15 min.)");
            default:
                // The XML services show what they expected to be signed, which is all that a client's author needs.
                var canonical = protocol is Protocol.AwsQuery or Protocol.Ec2Query or Protocol.RestXml ? canonicalRequest() : null;
                return Signature(
                    protocol, canonical is null
                        ? Mismatch
                        : $"{Mismatch}\n\nThe Canonical String for this request should have been\n'{canonical}'\n\n"
                            + $"The String-to-Sign should have been\n'{SigV4.StringToSign(parts, canonical)}'\n");
        }
    }

    private static ServiceError Signature(Protocol protocol, string message) =>
        Error(protocol, "InvalidSignatureException", "SignatureDoesNotMatch", message);

    private static ServiceError Error(Protocol protocol, string name, string code, string message, int? status = null) => new ErrorShape(
        name, code, status ?? (protocol is Protocol.AwsJson10 or Protocol.AwsJson11 or Protocol.RpcV2Cbor ? 400 : 403), Sender: true).With(message);
}
