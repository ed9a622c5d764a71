using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts;
using Haneul.Iam.Groups;
using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Policies;
using Haneul.Iam.Providers;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Iam.Accounts;

/// <summary>
/// Counts what the account has, against its quotas.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html"/>
/// </summary>
internal sealed class GetAccountSummary(IamStore iam) : IHandler<Unit, GetAccountSummaryOutput>
{
    public ValueTask<Outcome<GetAccountSummaryOutput>> HandleAsync(Unit input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var users = reader.All<UserRecord>().ToList();
        var policies = reader.All<PolicyRecord>().ToList();
        return new(new GetAccountSummaryOutput
        {
            SummaryMap = new Dictionary<string, int>
            {
                ["Users"] = users.Count,
                ["UsersQuota"] = 5000,
                ["Groups"] = reader.All<GroupRecord>().Count(),
                ["GroupsQuota"] = 300,
                ["Roles"] = reader.All<RoleRecord>().Count(),
                ["RolesQuota"] = 1000,
                ["Policies"] = policies.Count,
                ["PoliciesQuota"] = 1500,
                ["PolicyVersionsInUse"] = policies.Sum(policy => policy.Versions.Count),
                ["PolicyVersionsInUseQuota"] = 10_000,
                ["InstanceProfiles"] = reader.All<InstanceProfileRecord>().Count(),
                ["InstanceProfilesQuota"] = 1000,
                ["Providers"] = reader.All<ProviderRecord>().Count(),
                ["AccessKeysPerUserQuota"] = AccessKeyRecord.Limit,
                ["GroupsPerUserQuota"] = UserRecord.MaxGroups,
                ["AttachedPoliciesPerUserQuota"] = 10,
                ["AttachedPoliciesPerGroupQuota"] = 10,
                ["AttachedPoliciesPerRoleQuota"] = 10,
                ["VersionsPerPolicyQuota"] = PolicyRecord.MaxVersions,
                ["PolicySizeQuota"] = 6144,
                ["UserPolicySizeQuota"] = 2048,
                ["GroupPolicySizeQuota"] = 5120,
                ["RolePolicySizeQuota"] = 10_240,
                ["AssumeRolePolicySizeQuota"] = 2048,
                ["AccountAccessKeysPresent"] = 0,
                ["AccountSigningCertificatesPresent"] = 0,
                ["AccountMFAEnabled"] = 0,
                ["MFADevices"] = 0,
                ["MFADevicesInUse"] = 0,
                ["ServerCertificates"] = 0,
                ["ServerCertificatesQuota"] = 20,
                ["SigningCertificatesPerUserQuota"] = 2,
                ["GlobalEndpointTokenVersion"] = 1,
            },
        });
    }
}
