using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Policies;

/// <summary>
/// Shows the policy of a table or stream.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html"/>
/// </summary>
internal sealed class GetResourcePolicy(TableStore tables) : IHandler<GetResourcePolicyInput, GetResourcePolicyOutput>
{
    public ValueTask<Outcome<GetResourcePolicyOutput>> HandleAsync(GetResourcePolicyInput input, CallContext context, CancellationToken cancel)
    {
        var owner = PolicyOwner.Of(input.ResourceArn, context);
        if (tables.Find(context, owner.Table) is not { } table)
        {
            return new(DynamoErrors.TableNotFound(owner.Table));
        }

        return owner.Find(table.Record) is { } policy
            ? new(new GetResourcePolicyOutput { Policy = policy.Document, RevisionId = policy.Revision })
            : new(ResourcePolicies.NotFound(input.ResourceArn));
    }
}
