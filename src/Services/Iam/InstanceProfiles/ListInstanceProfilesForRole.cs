using Haneul.Iam.Contracts;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Lists the instance profiles that hold a role.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html"/>
/// </summary>
internal sealed class ListInstanceProfilesForRole(IamStore iam)
    : IHandler<ListInstanceProfilesForRoleInput, ListInstanceProfilesForRoleOutput>
{
    public ValueTask<Outcome<ListInstanceProfilesForRoleOutput>> HandleAsync(
        ListInstanceProfilesForRoleInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var role = reader.Get<RoleRecord>(input.RoleName);
        var page = IamPage.Of(
            reader.All<InstanceProfileRecord>().Where(profile => profile.Role == role.Name), profile => profile.Name, input.Marker, input.MaxItems);
        return new(new ListInstanceProfilesForRoleOutput
        {
            InstanceProfiles = [.. page.Items.Select(profile => profile.ToProfile(reader))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
