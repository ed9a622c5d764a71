using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// Takes the policy of a table or stream away, if there is one.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html"/>
/// </summary>
internal sealed class DeleteResourcePolicy(TableChanger changer) : IHandler<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>
{
    public async ValueTask<Outcome<DeleteResourcePolicyOutput>> HandleAsync(
        DeleteResourcePolicyInput input, CallContext context, CancellationToken cancel)
    {
        var owner = PolicyOwner.Of(input.ResourceArn, context);
        PolicyRecord? removed = null;
        var outcome = await changer.ChangeAsync(context, owner.Table, record =>
        {
            removed = owner.Find(record);
            ResourcePolicies.CheckRevision(removed, input.ExpectedRevisionId, record.Name);
            return owner.With(record, null);
        });
        return outcome.Succeeded ? new DeleteResourcePolicyOutput { RevisionId = removed?.Revision } : outcome.Error;
    }
}
