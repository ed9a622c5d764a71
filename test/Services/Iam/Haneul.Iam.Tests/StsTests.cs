using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Iam.Tests;

public sealed class StsTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::000000000000:role/app";

    private Cloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await Cloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_role_is_assumed_by_those_it_trusts_with_the_external_id_they_agreed_on()
    {
        var output = await _cloud.PythonAsync(
            """
            alice = of(user('alice', policy('sts:AssumeRole')), 'sts')
            bob = of(user('bob'), 'sts')
            role = iam.create_role(RoleName='app', AssumeRolePolicyDocument=trust({'AWS': A}, Condition={'StringEquals': {'sts:ExternalId': 'x1'}}))['Role']
            call = dict(RoleArn=role['Arn'], RoleSessionName='work')
            refused(alice.assume_role, **call)
            refused(alice.assume_role, **call, ExternalId='x2')
            refused(bob.assume_role, **call, ExternalId='x1')
            session = alice.assume_role(**call, ExternalId='x1')
            print(session['AssumedRoleUser']['Arn'], session['AssumedRoleUser']['AssumedRoleId'] == role['RoleId'] + ':work')
            me = of(session['Credentials'], 'sts').get_caller_identity()
            print(me['Arn'], me['UserId'] == role['RoleId'] + ':work')
            refused(of(session['Credentials'], 'iam').list_users)
            iam.attach_role_policy(RoleName='app', PolicyArn='arn:aws:iam::aws:policy/IAMReadOnlyAccess')
            print(len(of(session['Credentials'], 'iam').list_users()['Users']))
            refused(alice.assume_role, RoleArn=role['Arn'] + '2', RoleSessionName='work')
            iam.update_assume_role_policy(RoleName='app', PolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:user/bob'}))
            print(bob.assume_role(**call)['AssumedRoleUser']['Arn'])
            refused(alice.assume_role, **call)
            refused(sts.assume_role, RoleArn='nothing-valid-in-here', RoleSessionName='work')
            """,
            Cancel);
        Assert.Equal(
            """
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app
            AccessDenied: User: arn:aws:iam::000000000000:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app because no identity-based policy allows the sts:AssumeRole action
            arn:aws:sts::000000000000:assumed-role/app/work True
            arn:aws:sts::000000000000:assumed-role/app/work True
            AccessDenied: User: arn:aws:sts::000000000000:assumed-role/app/work is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action
            2
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app2
            arn:aws:sts::000000000000:assumed-role/app/work
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app
            ValidationError: nothing-valid-in-here is invalid
            """,
            output);
    }

    [Fact]
    public async Task Session_policies_tags_and_chains_follow_awss_rules()
    {
        var output = await _cloud.PythonAsync(
            """
            both = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
            role = iam.create_role(RoleName='app', AssumeRolePolicyDocument=trust({'AWS': A}, both), MaxSessionDuration=7200)['Role']
            iam.put_role_policy(RoleName='app', PolicyName='p', PolicyDocument=policy(['iam:*'] + both))
            call = dict(RoleArn=role['Arn'], RoleSessionName='work')
            limited = sts.assume_role(**call, Policy=policy('iam:ListUsers'))
            print(limited['PackedPolicySize'] > 0, of(limited['Credentials'], 'iam').list_users()['Users'])
            refused(of(limited['Credentials'], 'iam').list_roles)
            narrow = sts.assume_role(**call, PolicyArns=[{'arn': 'arn:aws:iam::aws:policy/AmazonS3FullAccess'}])
            refused(of(narrow['Credentials'], 'iam').list_roles)
            refused(sts.assume_role, **call, Policy='{')
            tags = [{'Key': 'team', 'Value': 'blue'}]
            refused(sts.assume_role, **call, Tags=tags, TransitiveTagKeys=['other'])
            refused(sts.assume_role, **call, Tags=tags + [{'Key': 'TEAM', 'Value': 'red'}])
            first = of(sts.assume_role(**call, Tags=tags, TransitiveTagKeys=['team'], SourceIdentity='ada')['Credentials'], 'sts')
            refused(first.assume_role, **call, Tags=tags)
            second = first.assume_role(**call)
            print(second['SourceIdentity'])
            iam.put_role_policy(RoleName='app', PolicyName='p', PolicyDocument=policy('iam:*', Condition={
                'StringEquals': {'aws:PrincipalTag/team': 'blue', 'aws:SourceIdentity': 'ada'}}))
            print(of(second['Credentials'], 'iam').list_users()['Users'])
            refused(of(limited['Credentials'], 'iam').list_users)
            refused(sts.assume_role, **call, DurationSeconds=7201)
            refused(first.assume_role, **call, DurationSeconds=7200)
            """,
            Cancel);
        Assert.Equal(
            """
            True []
            AccessDenied: User: arn:aws:sts::000000000000:assumed-role/app/work is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no session policy allows the iam:ListRoles action
            AccessDenied: User: arn:aws:sts::000000000000:assumed-role/app/work is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no session policy allows the iam:ListRoles action
            MalformedPolicyDocument: Syntax errors in policy.
            InvalidParameterValue: The specified transitive tag key must be included in the requested tags.
            InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.
            InvalidParameterValue: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.
            ada
            []
            AccessDenied: User: arn:aws:sts::000000000000:assumed-role/app/work is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action
            ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.
            AccessDenied: User: arn:aws:sts::000000000000:assumed-role/app/work is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app because no identity-based policy allows the sts:AssumeRole action
            """,
            output);
    }

    [Fact]
    public async Task Session_and_federation_tokens_speak_for_their_user()
    {
        var output = await _cloud.PythonAsync(
            """
            key = user('alice', policy(['iam:ListUsers', 'sts:GetFederationToken']))
            session = of(key, 'sts').get_session_token()['Credentials']
            print(of(session, 'sts').get_caller_identity()['Arn'], len(of(session, 'iam').list_users()['Users']))
            refused(of(session, 'sts').get_session_token)
            federated = of(key, 'sts').get_federation_token(Name='bob', Policy=policy('iam:List*'))
            print(federated['FederatedUser']['Arn'], federated['FederatedUser']['FederatedUserId'])
            print(len(of(federated['Credentials'], 'iam').list_users()['Users']))
            refused(of(federated['Credentials'], 'iam').list_roles)
            print(sts.get_access_key_info(AccessKeyId=key['AccessKeyId'])['Account'])
            """,
            Cancel);
        Assert.Equal(
            """
            arn:aws:iam::000000000000:user/alice 1
            AccessDenied: Cannot call GetSessionToken with session credentials
            arn:aws:sts::000000000000:federated-user/bob 000000000000:bob
            1
            AccessDenied: User: arn:aws:sts::000000000000:federated-user/bob is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no identity-based policy allows the iam:ListRoles action
            000000000000
            """,
            output);
    }

    [Fact]
    public async Task Across_accounts_the_caller_needs_a_policy_and_the_roles_trust()
    {
        var output = await _cloud.PythonAsync(
            """
            B = '222222222222'
            other = client('iam', B)
            alice = of(user('alice', policy('sts:AssumeRole')), 'sts')
            bob = of(user('bob'), 'sts')
            role = other.create_role(RoleName='shared', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{A}:root'}))['Role']
            call = dict(RoleArn=role['Arn'], RoleSessionName='visit')
            print(of(alice.assume_role(**call)['Credentials'], 'sts').get_caller_identity()['Arn'])
            refused(bob.assume_role, **call)
            print(of(sts.assume_role(**call)['Credentials'], 'sts').get_caller_identity()['Account'])
            other.update_assume_role_policy(RoleName='shared', PolicyDocument=trust({'AWS': '333333333333'}))
            refused(alice.assume_role, **call)
            refused(sts.assume_role, **call)
            refused(iam.get_policy, PolicyArn=f'arn:aws:iam::{B}:policy/p')
            """,
            Cancel);
        Assert.Equal(
            """
            arn:aws:sts::222222222222:assumed-role/shared/visit
            AccessDenied: User: arn:aws:iam::000000000000:user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/shared because no identity-based policy allows the sts:AssumeRole action
            222222222222
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/shared
            AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/shared
            AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform: iam:GetPolicy on resource: arn:aws:iam::222222222222:policy/p because no resource-based policy allows the iam:GetPolicy action
            """,
            output);
    }

    [Fact]
    public async Task A_session_ends_by_the_clouds_clock()
    {
        await _cloud.PythonAsync("iam.create_role(RoleName='app', AssumeRolePolicyDocument=trust({'AWS': A}))", Cancel);
        using var sts = Sts(new BasicAWSCredentials("test", "test"));
        var session = await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = Role, RoleSessionName = "work", DurationSeconds = 900 }, Cancel);
        var credentials = new SessionAWSCredentials(
            session.Credentials.AccessKeyId, session.Credentials.SecretAccessKey, session.Credentials.SessionToken);
        using var inside = Sts(credentials);
        Assert.EndsWith("assumed-role/app/work", (await inside.GetCallerIdentityAsync(new(), Cancel)).Arn, StringComparison.Ordinal);
        _cloud.Time.Advance(TimeSpan.FromMinutes(15));
        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => inside.GetCallerIdentityAsync(new(), Cancel));
        Assert.Equal("ExpiredToken", error.ErrorCode);
    }

    [Fact]
    public async Task A_service_assumes_the_roles_that_trust_it()
    {
        await _cloud.PythonAsync(
            """
            iam.create_role(RoleName='app', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}, Condition={
                'ArnLike': {'aws:SourceArn': f'arn:aws:lambda:us-east-1:{A}:function:*'}}))
            """,
            Cancel);
        var roles = _cloud.Server.Services.GetRequiredService<IRoles>();
        const string Function = "arn:aws:lambda:us-east-1:000000000000:function:f";
        var origin = new CallContext
        {
            Principal = Principal.Root(AccountId.Default),
            Region = Region.Default,
            RequestId = "test",
            Time = _cloud.Time.GetUtcNow(),
        };
        var assumed = await roles.AssumeForServiceAsync(Role, "f", "lambda.amazonaws.com", Function, origin, Cancel);
        Assert.Equal("arn:aws:sts::000000000000:assumed-role/app/f-", assumed.OrThrow().Principal.Arn);
        Assert.False((await roles.AssumeForServiceAsync(Role, "f", "ecs.amazonaws.com", Function, origin, Cancel)).Succeeded);
        Assert.False((await roles.AssumeForServiceAsync(Role, "f", "lambda.amazonaws.com", sourceArn: null, origin, Cancel)).Succeeded);
        var missing = await roles.AssumeForServiceAsync(Role + "2", "f", "lambda.amazonaws.com", Function, origin, Cancel);
        Assert.Equal("AccessDeniedException", missing.Error?.Shape.Name);
    }

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) => new(credentials, new AmazonSecurityTokenServiceConfig
    {
        ServiceURL = _cloud.Server.Url.ToString(),
        AuthenticationRegion = "us-east-1",
        MaxErrorRetry = 0,
    });
}
