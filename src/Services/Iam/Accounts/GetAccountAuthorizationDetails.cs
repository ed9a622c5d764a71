using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Groups;
using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Policies;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Accounts;

/// <summary>
/// Shows everything in the account and how it hangs together.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html"/>
/// </summary>
internal sealed class GetAccountAuthorizationDetails(IamStore iam)
    : IHandler<GetAccountAuthorizationDetailsInput, GetAccountAuthorizationDetailsOutput>
{
    public ValueTask<Outcome<GetAccountAuthorizationDetailsOutput>> HandleAsync(
        GetAccountAuthorizationDetailsInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var use = new PolicyUse(reader);
        var all = new List<(string Order, object Detail)>();
        if (Wants(input, EntityType.User))
        {
            all.AddRange(reader.All<UserRecord>().Select(user => ("1" + user.Name, (object)Detail(user, context.Account))));
        }

        if (Wants(input, EntityType.Group))
        {
            all.AddRange(reader.All<GroupRecord>().Select(group => ("2" + group.Name, (object)Detail(group, context.Account))));
        }

        if (Wants(input, EntityType.Role))
        {
            all.AddRange(reader.All<RoleRecord>().Select(role => ("3" + role.Name, (object)Detail(role, reader, KeyTable.FindUse(iam.Keys, role.Id)))));
        }

        if (Wants(input, EntityType.LocalManagedPolicy))
        {
            all.AddRange(reader.All<PolicyRecord>().Select(policy => ("4" + policy.Name, (object)Detail(policy, policy.ArnIn(context.Account), use))));
        }

        if (Wants(input, EntityType.AWSManagedPolicy))
        {
            all.AddRange(AwsPolicies.All.Where(policy => use.Attachments(policy.Arn) + use.Boundaries(policy.Arn) > 0)
                .Select(policy => ("5" + policy.Record.Name.ToLowerInvariant(), (object)Detail(policy.Record, policy.Arn, use))));
        }

        var page = IamPage.Of(all, item => item.Order, input.Marker, input.MaxItems);
        var found = page.Items.Select(item => item.Detail).ToList();
        return new(new GetAccountAuthorizationDetailsOutput
        {
            UserDetailList = [.. found.OfType<UserDetail>()],
            GroupDetailList = [.. found.OfType<GroupDetail>()],
            RoleDetailList = [.. found.OfType<RoleDetail>()],
            Policies = [.. found.OfType<ManagedPolicyDetail>()],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }

    private static bool Wants(GetAccountAuthorizationDetailsInput input, string kind) =>
        input.Filter is not { Count: > 0 } filter || filter.Contains(kind);

    private static UserDetail Detail(UserRecord user, AccountId account) => new()
    {
        Path = user.Path,
        UserName = user.Name,
        UserId = user.Id,
        Arn = user.ArnIn(account),
        CreateDate = user.Created,
        UserPolicyList = user.Inline.Count == 0 ? null : Inline(user),
        GroupList = user.Groups,
        AttachedManagedPolicies = Attached(user),
        PermissionsBoundary = Boundaries.ToContract(user.Boundary),
        Tags = TagSet.List(user.Tags),
    };

    private static GroupDetail Detail(GroupRecord group, AccountId account) => new()
    {
        Path = group.Path,
        GroupName = group.Name,
        GroupId = group.Id,
        Arn = group.ArnIn(account),
        CreateDate = group.Created,
        GroupPolicyList = Inline(group),
        AttachedManagedPolicies = Attached(group),
    };

    private static RoleDetail Detail(RoleRecord role, IamReader reader, KeyUse? use) => new()
    {
        Path = role.Path,
        RoleName = role.Name,
        RoleId = role.Id,
        Arn = role.ArnIn(reader.Account),
        CreateDate = role.Created,
        AssumeRolePolicyDocument = PolicyText.Encode(role.Trust),
        InstanceProfileList =
            [.. reader.All<InstanceProfileRecord>().Where(profile => profile.Role == role.Name).Select(profile => profile.ToProfile(reader))],
        RolePolicyList = Inline(role),
        AttachedManagedPolicies = Attached(role),
        PermissionsBoundary = Boundaries.ToContract(role.Boundary),
        Tags = TagSet.List(role.Tags),
        RoleLastUsed = new RoleLastUsed { LastUsedDate = use?.Time, Region = use?.Region },
    };

    private static ManagedPolicyDetail Detail(PolicyRecord policy, string arn, PolicyUse use) => new()
    {
        PolicyName = policy.Name,
        PolicyId = policy.Id,
        Arn = arn,
        Path = policy.Path,
        DefaultVersionId = "v" + policy.Default.ToString(System.Globalization.CultureInfo.InvariantCulture),
        AttachmentCount = use.Attachments(arn),
        PermissionsBoundaryUsageCount = use.Boundaries(arn),
        IsAttachable = true,
        Description = policy.Description,
        CreateDate = policy.Created,
        UpdateDate = policy.Updated,
        PolicyVersionList = [.. policy.Versions.Select(version => policy.ToVersion(version, document: true))],
    };

    private static List<PolicyDetail> Inline(Identity identity) =>
        [.. identity.Inline.Select(policy => new PolicyDetail { PolicyName = policy.Key, PolicyDocument = PolicyText.Encode(policy.Value) })];

    private static List<Contracts.AttachedPolicy> Attached(Identity identity) => [.. identity.Attached.Select(ManagedPolicies.ToAttached)];
}
