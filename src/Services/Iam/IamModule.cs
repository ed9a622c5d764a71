using Haneul.Iam.AccessKeys;
using Haneul.Iam.Accounts;
using Haneul.Iam.Contracts;
using Haneul.Iam.Groups;
using Haneul.Iam.InstanceProfiles;
using Haneul.Iam.Policies;
using Haneul.Iam.Providers;
using Haneul.Iam.Roles;
using Haneul.Iam.Simulation;
using Haneul.Iam.Storage;
using Haneul.Iam.Tags;
using Haneul.Iam.Users;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Iam;

/// <summary>AWS Identity and Access Management: users, groups, roles, policies and who they trust.</summary>
public sealed class IamModule : IServiceModule
{
    private const string PolicyKey = "iam:PolicyARN";
    private const string BoundaryKey = "iam:PermissionsBoundary";

    private readonly EntityArns _arns = new();

    public ServiceModel Model => IamOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "A change of a policy acts at the next request; AWS takes seconds to spread it.",
        "Of AWS's managed policies those that are commonly attached exist; their unique ids are not AWS's.",
        "There are no login profiles, MFA devices, SAML providers, server certificates, SSH keys or service-specific credentials.",
        "The root user has no access keys of its own.",
        "Last uses of keys and roles are noted at once, and once a minute at most.",
        "Trust policies may name users and roles that do not exist.",
        "OpenID Connect thumbprints are stored and shown; trust in a provider's certificate is the machine's.",
    ];

    public void Register(IServiceCollection services)
    {
        IamServices.Add(services);
        services.AddSingleton(_arns);
    }

    public void Map(OperationTable operations)
    {
        operations.Map(IamOperations.AddClientIDToOpenIDConnectProvider)
            .Needs("iam:AddClientIDToOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn)
            .Use<AddClientIDToOpenIDConnectProvider>();
        operations.Map(IamOperations.AddRoleToInstanceProfile)
            .Needs("iam:AddRoleToInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Needs("iam:PassRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((_, _, needed) => needed.Key("iam:PassedToService", "ec2.amazonaws.com"))
            .Use<AddRoleToInstanceProfile>();
        operations.Map(IamOperations.AddUserToGroup)
            .Needs("iam:AddUserToGroup", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<AddUserToGroup>();
        operations.Map(IamOperations.AttachGroupPolicy)
            .Needs("iam:AttachGroupPolicy", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context))
            .Keys((input, _, needed) => needed.Key(PolicyKey, input.PolicyArn))
            .Use<AttachGroupPolicy>();
        operations.Map(IamOperations.AttachRolePolicy)
            .Needs("iam:AttachRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, context, needed) =>
            {
                needed.Key(PolicyKey, input.PolicyArn);
                needed.Key(BoundaryKey, _arns.Boundary<RoleRecord>(input.RoleName, context));
            })
            .Use<AttachRolePolicy>();
        operations.Map(IamOperations.AttachUserPolicy)
            .Needs("iam:AttachUserPolicy", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, context, needed) =>
            {
                needed.Key(PolicyKey, input.PolicyArn);
                needed.Key(BoundaryKey, _arns.Boundary<UserRecord>(input.UserName, context));
            })
            .Use<AttachUserPolicy>();
        operations.Map(IamOperations.CreateAccessKey)
            .Needs("iam:CreateAccessKey", (input, context) => _arns.Of<UserRecord>(input.UserName ?? context.Principal.UserName, context))
            .Use<CreateAccessKey>();
        operations.Map(IamOperations.CreateAccountAlias).Needs("iam:CreateAccountAlias").Use<CreateAccountAlias>();
        operations.Map(IamOperations.CreateGroup)
            .Needs("iam:CreateGroup", (input, context) => EntityArns.New<GroupRecord>(input.Path, input.GroupName, context))
            .Use<CreateGroup>();
        operations.Map(IamOperations.CreateInstanceProfile)
            .Needs("iam:CreateInstanceProfile", (input, context) => EntityArns.New<InstanceProfileRecord>(input.Path, input.InstanceProfileName, context))
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<CreateInstanceProfile>();
        operations.Map(IamOperations.CreateOpenIDConnectProvider)
            .Needs("iam:CreateOpenIDConnectProvider", (input, context) => $"arn:aws:iam::{context.Account}:oidc-provider/{ProviderRecord.NameOfUrl(input.Url)}")
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<CreateOpenIDConnectProvider>();
        operations.Map(IamOperations.CreatePolicy)
            .Needs("iam:CreatePolicy", (input, context) => EntityArns.New<PolicyRecord>(input.Path, input.PolicyName, context))
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<CreatePolicy>();
        operations.Map(IamOperations.CreatePolicyVersion)
            .Needs("iam:CreatePolicyVersion", (input, _) => input.PolicyArn).Use<CreatePolicyVersion>();
        operations.Map(IamOperations.CreateRole)
            .Needs("iam:CreateRole", (input, context) => EntityArns.New<RoleRecord>(input.Path, input.RoleName, context))
            .Keys((input, _, needed) =>
            {
                needed.Key(BoundaryKey, input.PermissionsBoundary);
                needed.RequestTags(TagSet.Pairs(input.Tags));
            })
            .Use<CreateRole>();
        operations.Map(IamOperations.CreateServiceLinkedRole)
            .Needs("iam:CreateServiceLinkedRole", (input, context) => ServiceLinkedRole.ArnFor(input.AWSServiceName, input.CustomSuffix, context))
            .Keys((input, _, needed) => needed.Key("iam:AWSServiceName", input.AWSServiceName))
            .Use<CreateServiceLinkedRole>();
        operations.Map(IamOperations.CreateUser)
            .Needs("iam:CreateUser", (input, context) => EntityArns.New<UserRecord>(input.Path, input.UserName, context))
            .Keys((input, _, needed) =>
            {
                needed.Key(BoundaryKey, input.PermissionsBoundary);
                needed.RequestTags(TagSet.Pairs(input.Tags));
            })
            .Use<CreateUser>();
        operations.Map(IamOperations.DeleteAccessKey)
            .Needs("iam:DeleteAccessKey", (input, context) => _arns.Of<UserRecord>(input.UserName ?? context.Principal.UserName, context))
            .Use<DeleteAccessKey>();
        operations.Map(IamOperations.DeleteAccountAlias).Needs("iam:DeleteAccountAlias").Use<DeleteAccountAlias>();
        operations.Map(IamOperations.DeleteGroup)
            .Needs("iam:DeleteGroup", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<DeleteGroup>();
        operations.Map(IamOperations.DeleteGroupPolicy)
            .Needs("iam:DeleteGroupPolicy", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<DeleteGroupPolicy>();
        operations.Map(IamOperations.DeleteInstanceProfile)
            .Needs("iam:DeleteInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Use<DeleteInstanceProfile>();
        operations.Map(IamOperations.DeleteOpenIDConnectProvider)
            .Needs("iam:DeleteOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn).Use<DeleteOpenIDConnectProvider>();
        operations.Map(IamOperations.DeletePolicy).Needs("iam:DeletePolicy", (input, _) => input.PolicyArn).Use<DeletePolicy>();
        operations.Map(IamOperations.DeletePolicyVersion)
            .Needs("iam:DeletePolicyVersion", (input, _) => input.PolicyArn).Use<DeletePolicyVersion>();
        operations.Map(IamOperations.DeleteRole)
            .Needs("iam:DeleteRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<DeleteRole>();
        operations.Map(IamOperations.DeleteRolePermissionsBoundary)
            .Needs("iam:DeleteRolePermissionsBoundary", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<RoleRecord>(input.RoleName, context)))
            .Use<DeleteRolePermissionsBoundary>();
        operations.Map(IamOperations.DeleteRolePolicy)
            .Needs("iam:DeleteRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<RoleRecord>(input.RoleName, context)))
            .Use<DeleteRolePolicy>();
        operations.Map(IamOperations.DeleteServiceLinkedRole)
            .Needs("iam:DeleteServiceLinkedRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Use<DeleteServiceLinkedRole>();
        operations.Map(IamOperations.DeleteUser)
            .Needs("iam:DeleteUser", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<DeleteUser>();
        operations.Map(IamOperations.DeleteUserPermissionsBoundary)
            .Needs("iam:DeleteUserPermissionsBoundary", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<UserRecord>(input.UserName, context)))
            .Use<DeleteUserPermissionsBoundary>();
        operations.Map(IamOperations.DeleteUserPolicy)
            .Needs("iam:DeleteUserPolicy", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<UserRecord>(input.UserName, context)))
            .Use<DeleteUserPolicy>();
        operations.Map(IamOperations.DetachGroupPolicy)
            .Needs("iam:DetachGroupPolicy", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context))
            .Keys((input, _, needed) => needed.Key(PolicyKey, input.PolicyArn))
            .Use<DetachGroupPolicy>();
        operations.Map(IamOperations.DetachRolePolicy)
            .Needs("iam:DetachRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, context, needed) =>
            {
                needed.Key(PolicyKey, input.PolicyArn);
                needed.Key(BoundaryKey, _arns.Boundary<RoleRecord>(input.RoleName, context));
            })
            .Use<DetachRolePolicy>();
        operations.Map(IamOperations.DetachUserPolicy)
            .Needs("iam:DetachUserPolicy", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, context, needed) =>
            {
                needed.Key(PolicyKey, input.PolicyArn);
                needed.Key(BoundaryKey, _arns.Boundary<UserRecord>(input.UserName, context));
            })
            .Use<DetachUserPolicy>();
        operations.Map(IamOperations.GetAccessKeyLastUsed).Needs("iam:GetAccessKeyLastUsed").Use<GetAccessKeyLastUsed>();
        operations.Map(IamOperations.GetAccountAuthorizationDetails)
            .Needs("iam:GetAccountAuthorizationDetails").Use<GetAccountAuthorizationDetails>();
        operations.Map(IamOperations.GetAccountSummary).Needs("iam:GetAccountSummary").Use<GetAccountSummary>();
        operations.Map(IamOperations.GetContextKeysForCustomPolicy)
            .Needs("iam:GetContextKeysForCustomPolicy").Use<GetContextKeysForCustomPolicy>();
        operations.Map(IamOperations.GetContextKeysForPrincipalPolicy)
            .Needs("iam:GetContextKeysForPrincipalPolicy", (input, _) => input.PolicySourceArn).Use<GetContextKeysForPrincipalPolicy>();
        operations.Map(IamOperations.GetGroup)
            .Needs("iam:GetGroup", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<GetGroup>();
        operations.Map(IamOperations.GetGroupPolicy)
            .Needs("iam:GetGroupPolicy", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<GetGroupPolicy>();
        operations.Map(IamOperations.GetInstanceProfile)
            .Needs("iam:GetInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Use<GetInstanceProfile>();
        operations.Map(IamOperations.GetOpenIDConnectProvider)
            .Needs("iam:GetOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn).Use<GetOpenIDConnectProvider>();
        operations.Map(IamOperations.GetPolicy).Needs("iam:GetPolicy", (input, _) => input.PolicyArn).Use<GetPolicy>();
        operations.Map(IamOperations.GetPolicyVersion).Needs("iam:GetPolicyVersion", (input, _) => input.PolicyArn).Use<GetPolicyVersion>();
        operations.Map(IamOperations.GetRole)
            .Needs("iam:GetRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<GetRole>();
        operations.Map(IamOperations.GetRolePolicy)
            .Needs("iam:GetRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<GetRolePolicy>();
        operations.Map(IamOperations.GetServiceLinkedRoleDeletionStatus)
            .Needs("iam:GetServiceLinkedRoleDeletionStatus").Use<GetServiceLinkedRoleDeletionStatus>();
        operations.Map(IamOperations.GetUser)
            .Needs("iam:GetUser", (input, context) => _arns.Of<UserRecord>(input.UserName ?? context.Principal.UserName, context))
            .Use<GetUser>();
        operations.Map(IamOperations.GetUserPolicy)
            .Needs("iam:GetUserPolicy", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<GetUserPolicy>();
        operations.Map(IamOperations.ListAccessKeys)
            .Needs("iam:ListAccessKeys", (input, context) => _arns.Of<UserRecord>(input.UserName ?? context.Principal.UserName, context))
            .Use<ListAccessKeys>();
        operations.Map(IamOperations.ListAccountAliases).Needs("iam:ListAccountAliases").Use<ListAccountAliases>();
        operations.Map(IamOperations.ListAttachedGroupPolicies)
            .Needs("iam:ListAttachedGroupPolicies", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context))
            .Use<ListAttachedGroupPolicies>();
        operations.Map(IamOperations.ListAttachedRolePolicies)
            .Needs("iam:ListAttachedRolePolicies", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Use<ListAttachedRolePolicies>();
        operations.Map(IamOperations.ListAttachedUserPolicies)
            .Needs("iam:ListAttachedUserPolicies", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Use<ListAttachedUserPolicies>();
        operations.Map(IamOperations.ListEntitiesForPolicy)
            .Needs("iam:ListEntitiesForPolicy", (input, _) => input.PolicyArn).Use<ListEntitiesForPolicy>();
        operations.Map(IamOperations.ListGroupPolicies)
            .Needs("iam:ListGroupPolicies", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<ListGroupPolicies>();
        operations.Map(IamOperations.ListGroups)
            .Needs("iam:ListGroups", (input, context) => EntityArn.Of("group", input.PathPrefix ?? "/", "", context.Account))
            .Use<ListGroups>();
        operations.Map(IamOperations.ListGroupsForUser)
            .Needs("iam:ListGroupsForUser", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<ListGroupsForUser>();
        operations.Map(IamOperations.ListInstanceProfiles)
            .Needs("iam:ListInstanceProfiles", (input, context) => EntityArn.Of("instance-profile", input.PathPrefix ?? "/", "", context.Account))
            .Use<ListInstanceProfiles>();
        operations.Map(IamOperations.ListInstanceProfilesForRole)
            .Needs("iam:ListInstanceProfilesForRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Use<ListInstanceProfilesForRole>();
        operations.Map(IamOperations.ListInstanceProfileTags)
            .Needs("iam:ListInstanceProfileTags", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Use<ListInstanceProfileTags>();
        operations.Map(IamOperations.ListOpenIDConnectProviders).Needs("iam:ListOpenIDConnectProviders").Use<ListOpenIDConnectProviders>();
        operations.Map(IamOperations.ListOpenIDConnectProviderTags)
            .Needs("iam:ListOpenIDConnectProviderTags", (input, _) => input.OpenIDConnectProviderArn).Use<ListOpenIDConnectProviderTags>();
        operations.Map(IamOperations.ListPolicies).Needs("iam:ListPolicies").Use<ListPolicies>();
        operations.Map(IamOperations.ListPolicyTags).Needs("iam:ListPolicyTags", (input, _) => input.PolicyArn).Use<ListPolicyTags>();
        operations.Map(IamOperations.ListPolicyVersions)
            .Needs("iam:ListPolicyVersions", (input, _) => input.PolicyArn).Use<ListPolicyVersions>();
        operations.Map(IamOperations.ListRolePolicies)
            .Needs("iam:ListRolePolicies", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<ListRolePolicies>();
        operations.Map(IamOperations.ListRoles)
            .Needs("iam:ListRoles", (input, context) => EntityArn.Of("role", input.PathPrefix ?? "/", "", context.Account))
            .Use<ListRoles>();
        operations.Map(IamOperations.ListRoleTags)
            .Needs("iam:ListRoleTags", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<ListRoleTags>();
        operations.Map(IamOperations.ListUserPolicies)
            .Needs("iam:ListUserPolicies", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<ListUserPolicies>();
        operations.Map(IamOperations.ListUsers)
            .Needs("iam:ListUsers", (input, context) => EntityArn.Of("user", input.PathPrefix ?? "/", "", context.Account))
            .Use<ListUsers>();
        operations.Map(IamOperations.ListUserTags)
            .Needs("iam:ListUserTags", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<ListUserTags>();
        operations.Map(IamOperations.PutGroupPolicy)
            .Needs("iam:PutGroupPolicy", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<PutGroupPolicy>();
        operations.Map(IamOperations.PutRolePermissionsBoundary)
            .Needs("iam:PutRolePermissionsBoundary", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, _, needed) => needed.Key(BoundaryKey, input.PermissionsBoundary))
            .Use<PutRolePermissionsBoundary>();
        operations.Map(IamOperations.PutRolePolicy)
            .Needs("iam:PutRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<RoleRecord>(input.RoleName, context)))
            .Use<PutRolePolicy>();
        operations.Map(IamOperations.PutUserPermissionsBoundary)
            .Needs("iam:PutUserPermissionsBoundary", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, _, needed) => needed.Key(BoundaryKey, input.PermissionsBoundary))
            .Use<PutUserPermissionsBoundary>();
        operations.Map(IamOperations.PutUserPolicy)
            .Needs("iam:PutUserPolicy", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, context, needed) => needed.Key(BoundaryKey, _arns.Boundary<UserRecord>(input.UserName, context)))
            .Use<PutUserPolicy>();
        operations.Map(IamOperations.RemoveClientIDFromOpenIDConnectProvider)
            .Needs("iam:RemoveClientIDFromOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn)
            .Use<RemoveClientIDFromOpenIDConnectProvider>();
        operations.Map(IamOperations.RemoveRoleFromInstanceProfile)
            .Needs("iam:RemoveRoleFromInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Use<RemoveRoleFromInstanceProfile>();
        operations.Map(IamOperations.RemoveUserFromGroup)
            .Needs("iam:RemoveUserFromGroup", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context))
            .Use<RemoveUserFromGroup>();
        operations.Map(IamOperations.SetDefaultPolicyVersion)
            .Needs("iam:SetDefaultPolicyVersion", (input, _) => input.PolicyArn).Use<SetDefaultPolicyVersion>();
        operations.Map(IamOperations.SimulateCustomPolicy).Needs("iam:SimulateCustomPolicy").Use<SimulateCustomPolicy>();
        operations.Map(IamOperations.SimulatePrincipalPolicy)
            .Needs("iam:SimulatePrincipalPolicy", (input, _) => input.PolicySourceArn).Use<SimulatePrincipalPolicy>();
        operations.Map(IamOperations.TagInstanceProfile)
            .Needs("iam:TagInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<TagInstanceProfile>();
        operations.Map(IamOperations.TagOpenIDConnectProvider)
            .Needs("iam:TagOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn)
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<TagOpenIDConnectProvider>();
        operations.Map(IamOperations.TagPolicy)
            .Needs("iam:TagPolicy", (input, _) => input.PolicyArn)
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<TagPolicy>();
        operations.Map(IamOperations.TagRole)
            .Needs("iam:TagRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<TagRole>();
        operations.Map(IamOperations.TagUser)
            .Needs("iam:TagUser", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, _, needed) => needed.RequestTags(TagSet.Pairs(input.Tags)))
            .Use<TagUser>();
        operations.Map(IamOperations.UntagInstanceProfile)
            .Needs("iam:UntagInstanceProfile", (input, context) => _arns.Of<InstanceProfileRecord>(input.InstanceProfileName, context))
            .Keys((input, _, needed) => needed.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagInstanceProfile>();
        operations.Map(IamOperations.UntagOpenIDConnectProvider)
            .Needs("iam:UntagOpenIDConnectProvider", (input, _) => input.OpenIDConnectProviderArn)
            .Keys((input, _, needed) => needed.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagOpenIDConnectProvider>();
        operations.Map(IamOperations.UntagPolicy)
            .Needs("iam:UntagPolicy", (input, _) => input.PolicyArn)
            .Keys((input, _, needed) => needed.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagPolicy>();
        operations.Map(IamOperations.UntagRole)
            .Needs("iam:UntagRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Keys((input, _, needed) => needed.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagRole>();
        operations.Map(IamOperations.UntagUser)
            .Needs("iam:UntagUser", (input, context) => _arns.Of<UserRecord>(input.UserName, context))
            .Keys((input, _, needed) => needed.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagUser>();
        operations.Map(IamOperations.UpdateAccessKey)
            .Needs("iam:UpdateAccessKey", (input, context) => _arns.Of<UserRecord>(input.UserName ?? context.Principal.UserName, context))
            .Use<UpdateAccessKey>();
        operations.Map(IamOperations.UpdateAssumeRolePolicy)
            .Needs("iam:UpdateAssumeRolePolicy", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Use<UpdateAssumeRolePolicy>();
        operations.Map(IamOperations.UpdateGroup)
            .Needs("iam:UpdateGroup", (input, context) => _arns.Of<GroupRecord>(input.GroupName, context)).Use<UpdateGroup>();
        operations.Map(IamOperations.UpdateOpenIDConnectProviderThumbprint)
            .Needs("iam:UpdateOpenIDConnectProviderThumbprint", (input, _) => input.OpenIDConnectProviderArn)
            .Use<UpdateOpenIDConnectProviderThumbprint>();
        operations.Map(IamOperations.UpdateRole)
            .Needs("iam:UpdateRole", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context)).Use<UpdateRole>();
        operations.Map(IamOperations.UpdateRoleDescription)
            .Needs("iam:UpdateRoleDescription", (input, context) => _arns.Of<RoleRecord>(input.RoleName, context))
            .Use<UpdateRoleDescription>();
        operations.Map(IamOperations.UpdateUser)
            .Needs("iam:UpdateUser", (input, context) => _arns.Of<UserRecord>(input.UserName, context)).Use<UpdateUser>();
    }
}
