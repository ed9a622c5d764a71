using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.AspNetCore.Http;

namespace Haneul.Http;

/// <summary>
/// Who sends a request to a site, and what they may do: for sites whose resources take signed requests, such as methods with <c>AWS_IAM</c>.
/// Implemented by the gateway with the rules that operations have.
/// </summary>
public interface ISiteCallers
{
    /// <summary>
    /// Verifies the request's signature. Without one the principal is <see cref="Principal.Anonymous"/>. The error's shape and message are AWS's for a
    /// signature that is wrong, expired, of an unknown key or of another service.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="signingName">What it must be signed for, such as <c>execute-api</c>.</param>
    /// <param name="body">The body, already read.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<Outcome<CallContext>> AuthenticateAsync(
        HttpContext http, string signingName, ReadOnlyMemory<byte> body, string requestId, CancellationToken cancel);

    /// <summary>Decides by the policies of the caller and the one of the resource.</summary>
    /// <param name="caller">From <see cref="AuthenticateAsync"/>, or any other principal.</param>
    /// <param name="action">Such as <c>execute-api:Invoke</c>.</param>
    /// <param name="resource">ARN.</param>
    /// <param name="facts">The resource's policy and owner; the site knows them, so nobody else is asked.</param>
    /// <param name="keys">Condition keys that the site adds, such as <c>aws:SourceVpce</c>; may be null.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The denial in AWS's words, or null when it is allowed.</returns>
    ValueTask<ServiceError?> AuthorizeAsync(
        CallContext caller, string action, string resource, ResourceFacts facts, IReadOnlyDictionary<string, string>? keys, CancellationToken cancel);
}
