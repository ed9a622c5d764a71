using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Sts;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Principals;

/// <summary>Lets services assume roles, by the same operation that everybody else uses.</summary>
internal sealed class RoleSource(IOperationInvoker operations, SessionTable sessions) : IRoles
{
    public async ValueTask<Outcome<Credential>> AssumeForServiceAsync(
        string roleArn, string sessionName, string service, string? sourceArn, CallContext origin, CancellationToken cancel)
    {
        var assumed = await operations.InvokeAsync(
            StsOperations.AssumeRole,
            new AssumeRoleInput { RoleArn = roleArn, RoleSessionName = SessionName(sessionName) },
            origin.ForService(service, sourceArn, origin.RequestId, origin.Time),
            cancel);
        return assumed.Succeeded ? sessions.FindCredential(assumed.Value.Credentials!.AccessKeyId)! : assumed.Error;
    }

    /// <summary>Resources may have names that sessions may not: of one letter, or with other characters.</summary>
    private static string SessionName(string name)
    {
        var fitting = string.Concat(name.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c) ? c : '-'));
        return fitting.Length < 2 ? fitting.PadRight(2, '-') : fitting;
    }
}
