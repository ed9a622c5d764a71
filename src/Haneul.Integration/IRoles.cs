using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Integration;

/// <summary>Lets services act as roles. Implemented by IAM and STS.</summary>
public interface IRoles
{
    /// <summary>Issues temporary credentials of a role to a service, if the role's trust policy allows it.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="sessionName">The last part of the session's ARN, such as the function's name.</param>
    /// <param name="service">The service's principal, such as <c>lambda.amazonaws.com</c>.</param>
    /// <param name="sourceArn">The resource on whose behalf it acts (<c>aws:SourceArn</c>), or null.</param>
    /// <param name="origin">The call that this is part of.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<Outcome<Credential>> AssumeForServiceAsync(
        string roleArn, string sessionName, string service, string? sourceArn, CallContext origin, CancellationToken cancel);
}
