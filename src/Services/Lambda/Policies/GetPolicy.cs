using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Policies;

/// <summary>Shows a resource policy.</summary>
internal sealed class GetPolicy(FunctionTable functions) : IHandler<GetPolicyInput, GetPolicyOutput>
{
    public ValueTask<Outcome<GetPolicyOutput>> HandleAsync(GetPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        return new(PolicyTable.Find(functions.Of(parsed.Value), parsed.Value) is { } policy
            ? new GetPolicyOutput { Policy = PolicyTable.Document(policy), RevisionId = policy.RevisionId }
            : LambdaErrors.ResourceNotFoundException.With("The resource you requested does not exist."));
    }
}
