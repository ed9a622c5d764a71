using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Creates a managed policy; the document is its version v1.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html"/>
/// </summary>
internal sealed class CreatePolicy(IamStore iam, IIdSource ids) : IHandler<CreatePolicyInput, CreatePolicyOutput>
{
    public async ValueTask<Outcome<CreatePolicyOutput>> HandleAsync(CreatePolicyInput input, CallContext context, CancellationToken cancel)
    {
        var policy = new PolicyRecord
        {
            Name = input.PolicyName,
            Path = input.Path ?? "/",
            Id = ids.NewIamId(IamIds.Policy),
            Created = context.Now(),
            Updated = context.Now(),
            Description = input.Description,
            Tags = TagSet.New(input.Tags),
            Versions = [new PolicyVersionRecord(1, PolicyText.CheckedManaged(input.PolicyDocument), context.Now())],
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            edit.Add(policy);
            return policy;
        });
        return new CreatePolicyOutput { Policy = policy.ToPolicy(policy.ArnIn(context.Account), PolicyUse.None, details: true) };
    }
}
