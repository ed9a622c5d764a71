using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Creates the role of a service, which the service alone changes.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html"/>
/// </summary>
internal sealed class CreateServiceLinkedRole(IamStore iam, IIdSource ids)
    : IHandler<CreateServiceLinkedRoleInput, CreateServiceLinkedRoleOutput>
{
    public async ValueTask<Outcome<CreateServiceLinkedRoleOutput>> HandleAsync(
        CreateServiceLinkedRoleInput input, CallContext context, CancellationToken cancel)
    {
        var name = ServiceLinkedRole.NameFor(input.AWSServiceName, input.CustomSuffix);
        var role = new RoleRecord
        {
            Name = name,
            Path = ServiceLinkedRole.PathFor(input.AWSServiceName),
            Id = ids.NewIamId(IamIds.Role),
            Created = context.Now(),
            Trust = ServiceLinkedRole.TrustOf(input.AWSServiceName),
            Description = input.Description,
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            if (edit.Find<RoleRecord>(name) is not null)
            {
                throw IamFaults.InvalidInput($"Service role name {name} has been taken in this account, please try a different suffix.");
            }

            edit.Put(role);
            return role;
        });
        return new CreateServiceLinkedRoleOutput { Role = role.ToRole(context.Account, details: true, created: true) };
    }
}
