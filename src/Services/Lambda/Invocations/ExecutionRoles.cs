using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda.Invocations;

/// <summary>Credentials of the roles that functions run as. In a cloud without IAM, functions have none.</summary>
internal sealed class ExecutionRoles(IServiceProvider services, TimeProvider time, IIdSource ids)
{
    private const string Service = "lambda.amazonaws.com";

    // Asked for late: IAM is another module, and may be absent.
    private readonly Lazy<IRoles?> _roles = new(() => services.GetService<IRoles>());

    /// <summary>Whether Lambda may act as a role.</summary>
    public async ValueTask<ServiceError?> CheckAsync(string role, FunctionReference function, CallContext context, CancellationToken cancel)
    {
        if (_roles.Value is not { } roles)
        {
            return null;
        }

        var assumed = await roles.AssumeForServiceAsync(role, function.Name, Service, function.Arn, context, cancel);
        return assumed.Succeeded ? null : LambdaErrors.InvalidParameterValueException.With("The role defined for the function cannot be assumed by Lambda.");
    }

    /// <summary>Credentials for one execution environment.</summary>
    /// <exception cref="ServiceException">The role cannot be assumed any more.</exception>
    public async ValueTask<Credential?> IssueAsync(string role, FunctionReference function, CallContext context, CancellationToken cancel)
    {
        if (_roles.Value is not { } roles)
        {
            return null;
        }

        var assumed = await roles.AssumeForServiceAsync(role, function.Name, Service, function.Arn, context, cancel);
        return assumed.Succeeded
            ? assumed.Value
            : throw LambdaErrors.InvalidParameterValueException.With("The role defined for the function cannot be assumed by Lambda.").ToException();
    }

    /// <summary>A context for calls that Lambda makes on behalf of a function: as its role or, without one, as the service.</summary>
    public CallContext Context(FunctionReference function, Credential? credential = null) => new()
    {
        Principal = credential?.Principal ?? Principal.Service(Service, AccountId.Parse(function.Account)),
        Region = Region.TryParse(function.Region, out var region) ? region : Region.Default,
        RequestId = ids.NewUuid(),
        Time = time.GetUtcNow(),
        SourceArn = function.Arn,
        SourceAccount = function.Account,
    };
}
