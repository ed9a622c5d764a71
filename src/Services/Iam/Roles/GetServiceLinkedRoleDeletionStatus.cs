using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>
/// Tells whether the role of a service is gone.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html"/>
/// </summary>
internal sealed class GetServiceLinkedRoleDeletionStatus(IamStore iam)
    : IHandler<GetServiceLinkedRoleDeletionStatusInput, GetServiceLinkedRoleDeletionStatusOutput>
{
    public ValueTask<Outcome<GetServiceLinkedRoleDeletionStatusOutput>> HandleAsync(
        GetServiceLinkedRoleDeletionStatusInput input, CallContext context, CancellationToken cancel)
    {
        // The name of the task holds the name of the role: task/aws-service-role/SERVICE/ROLE/ID.
        var parts = input.DeletionTaskId.Split('/');
        if (parts.Length != 5 || parts[0] != "task" || parts[1] != "aws-service-role")
        {
            throw IamFaults.NoSuchEntity($"The deletion task {input.DeletionTaskId} cannot be found.");
        }

        return new(new GetServiceLinkedRoleDeletionStatusOutput
        {
            Status = iam.Read(context.Account).Find<RoleRecord>(parts[3]) is null ? DeletionTaskStatusType.Succeeded : DeletionTaskStatusType.Failed,
        });
    }
}
