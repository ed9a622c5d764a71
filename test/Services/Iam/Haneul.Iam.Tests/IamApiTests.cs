namespace Haneul.Iam.Tests;

/// <summary>The service as boto3 sees it.</summary>
public sealed class IamApiTests : IAsyncLifetime
{
    private Cloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await Cloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Users_live_and_die()
    {
        var output = await _cloud.PythonAsync(
            """
            user = iam.create_user(UserName='Ada', Path='/people/', Tags=[{'Key': 'team', 'Value': 'blue'}])['User']
            print(user['Arn'], user['UserId'][:4], user['Tags'])
            refused(iam.create_user, UserName='ada')
            refused(iam.create_user, UserName='bob', Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'A', 'Value': '2'}])
            refused(iam.get_user, UserName='bob')
            iam.tag_user(UserName='Ada', Tags=[{'Key': 'team', 'Value': 'red'}, {'Key': 'desk', 'Value': '4'}])
            iam.untag_user(UserName='Ada', TagKeys=['desk'])
            print(iam.list_user_tags(UserName='Ada')['Tags'])
            key = iam.create_access_key(UserName='Ada')['AccessKey']
            print(key['AccessKeyId'][:4], len(key['AccessKeyId']), len(key['SecretAccessKey']), key['Status'])
            iam.create_access_key(UserName='Ada')
            refused(iam.create_access_key, UserName='Ada')
            refused(iam.create_access_key)
            print(iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed'])
            me = of(key, 'sts').get_caller_identity()['Arn']
            used = iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])
            print(used['UserName'], used['AccessKeyLastUsed']['ServiceName'], used['AccessKeyLastUsed']['Region'])
            iam.update_user(UserName='Ada', NewUserName='Countess', NewPath='/')
            print(of(key, 'sts').get_caller_identity()['Arn'])
            refused(iam.delete_user, UserName='Countess')
            for k in iam.list_access_keys(UserName='Countess')['AccessKeyMetadata']:
                iam.delete_access_key(UserName='Countess', AccessKeyId=k['AccessKeyId'])
            refused(iam.update_access_key, UserName='Countess', AccessKeyId=key['AccessKeyId'], Status='Inactive')
            iam.delete_user(UserName='Countess')
            print(iam.list_users()['Users'])
            """,
            Cancel);
        Assert.Equal(
            """
            arn:aws:iam::000000000000:user/people/Ada AIDA [{'Key': 'team', 'Value': 'blue'}]
            EntityAlreadyExists: User with name Ada already exists.
            InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.
            NoSuchEntity: The user with name bob cannot be found.
            [{'Key': 'team', 'Value': 'red'}]
            AKIA 20 40 Active
            LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2
            ValidationError: Must specify userName when calling with non-User credentials
            {'ServiceName': 'N/A', 'Region': 'N/A'}
            Ada sts us-east-1
            arn:aws:iam::000000000000:user/Countess
            DeleteConflict: Cannot delete entity, must delete access keys first.
            NoSuchEntity: The Access Key with id KEY cannot be found.
            []
            """,
            System.Text.RegularExpressions.Regex.Replace(output, "AKIA[A-Z2-7]{16}", "KEY"));
    }

    [Fact]
    public async Task Lists_come_in_pages_and_by_path()
    {
        var output = await _cloud.PythonAsync(
            """
            for i in range(5):
                iam.create_user(UserName=f'U{i}', Path='/odd/' if i % 2 else '/')
            page = iam.list_users(MaxItems=2)
            print([u['UserName'] for u in page['Users']], page['IsTruncated'])
            page = iam.list_users(MaxItems=2, Marker=page['Marker'])
            print([u['UserName'] for u in page['Users']], page['IsTruncated'])
            print([u['UserName'] for p in iam.get_paginator('list_users').paginate(PaginationConfig={'PageSize': 1}) for u in p['Users']])
            print([u['UserName'] for u in iam.list_users(PathPrefix='/odd/')['Users']])
            refused(iam.list_users, Marker='!')
            """,
            Cancel);
        Assert.Equal(
            """
            ['U0', 'U1'] True
            ['U2', 'U3'] True
            ['U0', 'U1', 'U2', 'U3', 'U4']
            ['U1', 'U3']
            ValidationError: Invalid Marker.
            """,
            output);
    }

    [Fact]
    public async Task Groups_hold_users_and_policies()
    {
        var output = await _cloud.PythonAsync(
            """
            iam.create_group(GroupName='devs')
            iam.create_user(UserName='ada')
            iam.add_user_to_group(GroupName='devs', UserName='ada')
            print([u['UserName'] for u in iam.get_group(GroupName='devs')['Users']])
            refused(iam.delete_group, GroupName='devs')
            refused(iam.delete_user, UserName='ada')
            iam.update_group(GroupName='devs', NewGroupName='engineers')
            print([g['Arn'] for g in iam.list_groups_for_user(UserName='ada')['Groups']])
            refused(iam.add_user_to_group, GroupName='devs', UserName='ada')
            iam.put_group_policy(GroupName='engineers', PolicyName='p', PolicyDocument=policy('s3:*'))
            print(iam.get_group_policy(GroupName='engineers', PolicyName='p')['PolicyDocument']['Statement'])
            refused(iam.get_group_policy, GroupName='engineers', PolicyName='q')
            refused(iam.put_group_policy, GroupName='engineers', PolicyName='q', PolicyDocument=policy('s3:' + 'x' * 5200))
            iam.remove_user_from_group(GroupName='engineers', UserName='ada')
            refused(iam.delete_group, GroupName='engineers')
            iam.delete_group_policy(GroupName='engineers', PolicyName='p')
            iam.delete_group(GroupName='engineers')
            """,
            Cancel);
        Assert.Equal(
            """
            ['ada']
            DeleteConflict: Cannot delete entity, must remove users from group first.
            DeleteConflict: Cannot delete entity, must remove users from group first.
            ['arn:aws:iam::000000000000:group/engineers']
            NoSuchEntity: The group with name devs cannot be found.
            [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]
            NoSuchEntity: The group policy with name q cannot be found.
            LimitExceeded: Maximum policy size of 5120 bytes exceeded for group engineers
            DeleteConflict: Cannot delete entity, must delete policies first.
            """,
            output);
    }

    [Fact]
    public async Task Roles_and_instance_profiles_go_together()
    {
        var output = await _cloud.PythonAsync(
            """
            made = iam.create_role(RoleName='app', Path='/a/', Description='d', AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))['Role']
            print(sorted(made))
            shown = iam.get_role(RoleName='app')['Role']
            print(sorted(shown), shown['MaxSessionDuration'], shown['RoleLastUsed'], shown['CreateDate'].microsecond)
            iam.update_role(RoleName='app', MaxSessionDuration=7200)
            print(iam.get_role(RoleName='app')['Role']['MaxSessionDuration'], iam.get_role(RoleName='app')['Role']['Description'])
            refused(iam.create_role, RoleName='APP', AssumeRolePolicyDocument=trust({'AWS': A}))
            refused(iam.create_role, RoleName='b', AssumeRolePolicyDocument=trust({'AWS': 'nobody'}))
            refused(iam.create_role, RoleName='b', AssumeRolePolicyDocument='{')
            iam.create_instance_profile(InstanceProfileName='web')
            iam.add_role_to_instance_profile(InstanceProfileName='web', RoleName='app')
            refused(iam.add_role_to_instance_profile, InstanceProfileName='web', RoleName='app')
            print([r['RoleName'] for r in iam.get_instance_profile(InstanceProfileName='web')['InstanceProfile']['Roles']])
            print([p['InstanceProfileName'] for p in iam.list_instance_profiles_for_role(RoleName='app')['InstanceProfiles']])
            refused(iam.delete_role, RoleName='app')
            refused(iam.delete_instance_profile, InstanceProfileName='web')
            iam.remove_role_from_instance_profile(InstanceProfileName='web', RoleName='app')
            iam.delete_instance_profile(InstanceProfileName='web')
            iam.delete_role(RoleName='app')
            linked = iam.create_service_linked_role(AWSServiceName='batch.amazonaws.com')['Role']
            print(linked['Arn'])
            refused(iam.create_service_linked_role, AWSServiceName='batch.amazonaws.com')
            refused(iam.delete_role, RoleName=linked['RoleName'])
            task = iam.delete_service_linked_role(RoleName=linked['RoleName'])['DeletionTaskId']
            print(iam.get_service_linked_role_deletion_status(DeletionTaskId=task)['Status'], iam.list_roles()['Roles'])
            """,
            Cancel);
        Assert.Equal(
            """
            ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Description', 'Path', 'RoleId', 'RoleName']
            ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Description', 'MaxSessionDuration', 'Path', 'RoleId', 'RoleLastUsed', 'RoleName'] 3600 {} 0
            7200 d
            EntityAlreadyExists: Role with name app already exists.
            MalformedPolicyDocument: Invalid principal in policy: "AWS":"nobody"
            MalformedPolicyDocument: This policy contains invalid Json
            LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1
            ['app']
            ['web']
            DeleteConflict: Cannot delete entity, must remove roles from instance profile first.
            DeleteConflict: Cannot delete entity, must remove roles from instance profile first.
            arn:aws:iam::000000000000:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch
            InvalidInput: Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix.
            UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForBatch' - this role is only modifiable by AWS
            SUCCEEDED []
            """,
            output);
    }

    [Fact]
    public async Task Managed_policies_have_versions_and_are_attached()
    {
        var output = await _cloud.PythonAsync(
            """
            arn = iam.create_policy(PolicyName='p', Path='/x/', PolicyDocument=policy('s3:Get*'), Description='d')['Policy']['Arn']
            print(arn)
            refused(iam.create_policy, PolicyName='p', PolicyDocument=policy('s3:*'))
            refused(iam.create_policy, PolicyName='q', PolicyDocument='not json')
            refused(iam.create_policy, PolicyName='q', PolicyDocument=policy('s3:' + 'x' * 6200))
            for i in range(4):
                iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy('s3:Put*'), SetAsDefault=i == 0)
            refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=policy('s3:*'))
            print([(v['VersionId'], v['IsDefaultVersion']) for v in iam.list_policy_versions(PolicyArn=arn)['Versions']])
            print(iam.get_policy_version(PolicyArn=arn, VersionId='v1')['PolicyVersion']['Document']['Statement'][0]['Action'])
            refused(iam.delete_policy_version, PolicyArn=arn, VersionId='v2')
            refused(iam.get_policy_version, PolicyArn=arn, VersionId='v9')
            iam.set_default_policy_version(PolicyArn=arn, VersionId='v5')
            iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'AWS': A}))
            iam.create_user(UserName='u')
            iam.attach_role_policy(RoleName='r', PolicyArn=arn)
            iam.attach_user_policy(UserName='u', PolicyArn=arn)
            iam.put_user_permissions_boundary(UserName='u', PermissionsBoundary=arn)
            shown = iam.get_policy(PolicyArn=arn)['Policy']
            print(shown['AttachmentCount'], shown['PermissionsBoundaryUsageCount'], shown['DefaultVersionId'], shown['Description'])
            found = iam.list_entities_for_policy(PolicyArn=arn)
            print([u['UserName'] for u in found['PolicyUsers']], [r['RoleName'] for r in found['PolicyRoles']], found['PolicyGroups'])
            print(iam.list_attached_role_policies(RoleName='r')['AttachedPolicies'])
            print([p['PolicyName'] for p in iam.list_policies(Scope='Local', OnlyAttached=True)['Policies']])
            refused(iam.attach_role_policy, RoleName='r', PolicyArn='longpolicynamebutnoarn')
            refused(iam.attach_role_policy, RoleName='r', PolicyArn=arn + '123')
            refused(iam.detach_role_policy, RoleName='r', PolicyArn=arn + '123')
            refused(iam.delete_policy, PolicyArn=arn)
            refused(iam.delete_role, RoleName='r')
            iam.detach_role_policy(RoleName='r', PolicyArn=arn)
            iam.detach_user_policy(UserName='u', PolicyArn=arn)
            iam.delete_user_permissions_boundary(UserName='u')
            refused(iam.delete_policy, PolicyArn=arn)
            for v in ('v1', 'v2', 'v3', 'v4'):
                iam.delete_policy_version(PolicyArn=arn, VersionId=v)
            iam.delete_policy(PolicyArn=arn)
            refused(iam.delete_policy, PolicyArn=arn)
            refused(iam.delete_policy, PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
            print(iam.get_policy(PolicyArn='arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')['Policy']['PolicyName'])
            """,
            Cancel);
        Assert.Equal(
            """
            arn:aws:iam::000000000000:policy/x/p
            EntityAlreadyExists: A policy called p already exists. Duplicate names are not allowed.
            MalformedPolicyDocument: Syntax errors in policy.
            LimitExceeded: Cannot exceed quota for PolicySize: 6144
            LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.
            [('v5', False), ('v4', False), ('v3', False), ('v2', True), ('v1', False)]
            s3:Get*
            DeleteConflict: Cannot delete the default version of a policy.
            NoSuchEntity: Policy arn:aws:iam::000000000000:policy/x/p version v9 does not exist or is not attachable.
            2 1 v5 d
            ['u'] ['r'] []
            [{'PolicyName': 'p', 'PolicyArn': 'arn:aws:iam::000000000000:policy/x/p'}]
            ['p']
            ValidationError: Invalid ARN:  Could not be parsed!
            NoSuchEntity: Policy arn:aws:iam::000000000000:policy/x/p123 does not exist or is not attachable.
            NoSuchEntity: Policy arn:aws:iam::000000000000:policy/x/p123 was not found.
            DeleteConflict: Cannot delete a policy attached to entities.
            DeleteConflict: Cannot delete entity, must detach all policies first.
            DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.
            NoSuchEntity: Policy arn:aws:iam::000000000000:policy/x/p was not found.
            InvalidInput: Cannot perform the operation on an AWS managed policy.
            AWSLambdaBasicExecutionRole
            """,
            output);
    }

    [Fact]
    public async Task The_account_can_be_surveyed_and_simulated()
    {
        var output = await _cloud.PythonAsync(
            """
            iam.create_account_alias(AccountAlias='acme-dev')
            print(iam.list_account_aliases()['AccountAliases'])
            refused(client('iam', '111111111111').create_account_alias, AccountAlias='acme-dev')
            iam.delete_account_alias(AccountAlias='acme-dev')
            print(iam.list_account_aliases()['AccountAliases'])
            user('ada', policy('s3:Get*', f'arn:aws:s3:::b/${{aws:username}}/*', Condition={'StringEquals': {'aws:RequestedRegion': 'us-east-1'}}))
            iam.attach_user_policy(UserName='ada', PolicyArn='arn:aws:iam::aws:policy/IAMReadOnlyAccess')
            summary = iam.get_account_summary()['SummaryMap']
            print(summary['Users'], summary['AccessKeysPerUserQuota'])
            details = iam.get_account_authorization_details(Filter=['User'])
            print(details['UserDetailList'][0]['UserPolicyList'][0]['PolicyDocument']['Statement'][0]['Action'], details['RoleDetailList'])
            me = f'arn:aws:iam::{A}:user/ada'
            print(iam.get_context_keys_for_principal_policy(PolicySourceArn=me)['ContextKeyNames'])
            def simulate(**more):
                for r in iam.simulate_principal_policy(PolicySourceArn=me, **more)['EvaluationResults']:
                    print(r['EvalActionName'], r['EvalResourceName'], r['EvalDecision'], r['MissingContextValues'])
            entries = [{'ContextKeyName': 'aws:username', 'ContextKeyValues': ['ada'], 'ContextKeyType': 'string'},
                       {'ContextKeyName': 'aws:RequestedRegion', 'ContextKeyValues': ['us-east-1'], 'ContextKeyType': 'string'}]
            simulate(ActionNames=['s3:GetObject', 's3:PutObject'], ResourceArns=['arn:aws:s3:::b/ada/x'], ContextEntries=entries)
            simulate(ActionNames=['s3:GetObject'], ResourceArns=['arn:aws:s3:::b/ada/x'], ContextEntries=entries[:1])
            simulate(ActionNames=['iam:GetUser'], PolicyInputList=[policy('iam:*', effect='Deny')])
            print(iam.simulate_custom_policy(PolicyInputList=[policy('sqs:*')], ActionNames=['sqs:SendMessage'])['EvaluationResults'][0]['EvalDecision'])
            refused(iam.simulate_principal_policy, PolicySourceArn=me + 'x', ActionNames=['s3:GetObject'])
            """,
            Cancel);
        Assert.Equal(
            """
            ['acme-dev']
            EntityAlreadyExists: The account alias acme-dev already exists.
            []
            1 2
            s3:Get* []
            ['aws:RequestedRegion', 'aws:username']
            s3:GetObject arn:aws:s3:::b/ada/x allowed []
            s3:PutObject arn:aws:s3:::b/ada/x implicitDeny []
            s3:GetObject arn:aws:s3:::b/ada/x implicitDeny ['aws:RequestedRegion']
            iam:GetUser * explicitDeny []
            allowed
            NoSuchEntity: The principal arn:aws:iam::000000000000:user/adax cannot be found.
            """,
            output);
    }
}
