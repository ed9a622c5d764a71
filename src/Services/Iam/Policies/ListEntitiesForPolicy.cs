using Haneul.Iam.Contracts;
using Haneul.Iam.Groups;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Policies;

/// <summary>
/// Lists where a managed policy is attached.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html"/>
/// </summary>
internal sealed class ListEntitiesForPolicy(IamStore iam) : IHandler<ListEntitiesForPolicyInput, ListEntitiesForPolicyOutput>
{
    public ValueTask<Outcome<ListEntitiesForPolicyOutput>> HandleAsync(
        ListEntitiesForPolicyInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        ManagedPolicies.Get(reader, input.PolicyArn);
        var all = Some<UserRecord>(reader, input, EntityType.User)
            .Concat(Some<GroupRecord>(reader, input, EntityType.Group))
            .Concat(Some<RoleRecord>(reader, input, EntityType.Role));
        var page = IamPage.Of(all, item => item.Order, input.Marker, input.MaxItems);
        var found = page.Items.Select(item => item.Identity).ToList();
        return new(new ListEntitiesForPolicyOutput
        {
            PolicyUsers = [.. found.OfType<UserRecord>().Select(user => new PolicyUser { UserName = user.Name, UserId = user.Id })],
            PolicyGroups = [.. found.OfType<GroupRecord>().Select(group => new PolicyGroup { GroupName = group.Name, GroupId = group.Id })],
            PolicyRoles = [.. found.OfType<RoleRecord>().Select(role => new PolicyRole { RoleName = role.Name, RoleId = role.Id })],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }

    private static IEnumerable<(string Order, Identity Identity)> Some<T>(IamReader reader, ListEntitiesForPolicyInput input, string kind)
        where T : Identity, IEntity<T>
    {
        if (input.EntityFilter is { } filter && filter != kind)
        {
            return [];
        }

        // Users, groups and roles follow each other in pages, each by name.
        return reader.All<T>()
            .Where(item => item.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal) && Uses(item, input))
            .Select(item => (T.Kind + "/" + item.Name, (Identity)item));
    }

    private static bool Uses(Identity identity, ListEntitiesForPolicyInput input) =>
        (input.PolicyUsageFilter != PolicyUsageType.PermissionsBoundary && identity.Attached.Contains(input.PolicyArn))
        || (input.PolicyUsageFilter != PolicyUsageType.PermissionsPolicy && identity.Boundary == input.PolicyArn);
}
