using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Stage 7: may the principal do this. The root of an account may do everything in it; services act for themselves. Nobody else can be
/// authenticated yet, and whoever comes all the same is refused.
/// </summary>
public sealed class Authorize
{
#pragma warning disable CA1822 // An instance, because it will ask for policies.
    public ValueTask<ServiceError?> CheckAsync(OperationRow row, IShape input, CallContext call, CancellationToken cancel)
    {
        if (call.Principal.Kind is PrincipalKind.Root or PrincipalKind.Service)
        {
            return default;
        }

        var authorization = new Authorization();
        row.Describe(input, call, authorization);
        var (action, resource) = authorization.Permissions.Count > 0 ? authorization.Permissions[0] : new Permission(row.Operation.Name, "*");
        return new(CommonErrors.AccessDeniedException.With(
            $"User: {call.Principal.Arn} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action"));
    }
}
