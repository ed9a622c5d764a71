using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Policies;

/// <summary>Takes a permission back. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html"/></summary>
internal sealed class RemovePermission(FunctionTable functions, IIdSource ids) : IHandler<RemovePermissionInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(RemovePermissionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        return await functions.Of(parsed.Value).UpdateAsync((input, parsed.Value, ids), static (current, batch, state) =>
        {
            var (input, reference, ids) = state;
            if (FunctionTable.Function(current, reference.Name) is null)
            {
                return (Outcome<Unit>)LambdaErrors.ResourceNotFoundException.With("No policy found for: " + reference.Arn);
            }

            if (PolicyTable.Missing(current, reference) is { } missing)
            {
                return missing;
            }

            if (PolicyTable.Find(current, reference) is not { } policy)
            {
                return LambdaErrors.ResourceNotFoundException.With("No policy is associated with the given resource.");
            }

            if (input.RevisionId is { } revision && revision != policy.RevisionId)
            {
                return PolicyTable.StaleRevision;
            }

            var rest = policy.Statements.Where(statement => statement.Id != input.StatementId).ToList();
            if (rest.Count == policy.Statements.Count)
            {
                return LambdaErrors.ResourceNotFoundException.With($"Statement {input.StatementId} is not found in resource policy.");
            }

            if (rest.Count == 0)
            {
                batch.Delete(PolicyTable.Key(reference));
            }
            else
            {
                batch.Put(
                    PolicyTable.Key(reference),
                    Stored.Encode(policy with { Statements = rest, RevisionId = ids.NewUuid() }, RecordJson.Default.PolicyRecord));
            }

            return Unit.Value;
        });
    }
}
