using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// Gives a table or stream a policy; the same policy once more changes nothing.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html"/>
/// </summary>
internal sealed class PutResourcePolicy(TableChanger changer) : IHandler<PutResourcePolicyInput, PutResourcePolicyOutput>
{
    public async ValueTask<Outcome<PutResourcePolicyOutput>> HandleAsync(
        PutResourcePolicyInput input, CallContext context, CancellationToken cancel)
    {
        var owner = PolicyOwner.Of(input.ResourceArn, context);
        var document = ResourcePolicies.Accept(input.Policy);
        if (input.ConfirmRemoveSelfResourceAccess != true)
        {
            ResourcePolicies.CheckLockout(document, input.ResourceArn, context);
        }

        var outcome = await changer.ChangeAsync(context, owner.Table, record =>
        {
            var current = owner.Find(record);
            ResourcePolicies.CheckRevision(current, input.ExpectedRevisionId, record.Name);
            return current?.Document == document ? record : owner.With(record, ResourcePolicies.Next(current, document, context.Time));
        });
        return outcome.Succeeded ? new PutResourcePolicyOutput { RevisionId = owner.Find(outcome.Value)!.Revision } : outcome.Error;
    }
}
