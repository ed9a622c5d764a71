using Haneul.Iam.Contracts;
using Haneul.Iam.Policies;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>Creates a role. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"/></summary>
internal sealed class CreateRole(IamStore iam, IIdSource ids) : IHandler<CreateRoleInput, CreateRoleOutput>
{
    public async ValueTask<Outcome<CreateRoleOutput>> HandleAsync(CreateRoleInput input, CallContext context, CancellationToken cancel)
    {
        if (input.Path is { } path && path.StartsWith(RoleRecord.ServiceLinkedPath, StringComparison.Ordinal))
        {
            throw IamFaults.Validation("The path /aws-service-role/ is reserved for service-linked roles.");
        }

        var role = new RoleRecord
        {
            Name = input.RoleName,
            Path = input.Path ?? "/",
            Id = ids.NewIamId(IamIds.Role),
            Created = context.Now(),
            Tags = TagSet.New(input.Tags),
            Boundary = input.PermissionsBoundary,
            Trust = PolicyText.CheckedTrust(input.AssumeRolePolicyDocument),
            Description = input.Description,
            MaxSession = input.MaxSessionDuration ?? RoleRecord.DefaultMaxSession,
        };
        await iam.UpdateAsync(context.Account, edit =>
        {
            if (role.Boundary is { } boundary)
            {
                ManagedPolicies.Attachable(edit, boundary);
            }

            edit.Add(role);
            return role;
        });
        return new CreateRoleOutput { Role = role.ToRole(context.Account, details: true, created: true) };
    }
}
