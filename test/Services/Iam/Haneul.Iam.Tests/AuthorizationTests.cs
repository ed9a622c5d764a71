namespace Haneul.Iam.Tests;

/// <summary>Policies act on real signed requests.</summary>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private Cloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await Cloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_change_of_a_policy_acts_at_the_next_request()
    {
        var output = await _cloud.PythonAsync(
            """
            alice = of(user('alice'), 'iam')
            refused(alice.list_users)
            iam.put_user_policy(UserName='alice', PolicyName='p', PolicyDocument=policy('iam:List*'))
            print(len(alice.list_users()['Users']))
            refused(alice.get_user, UserName='bob')
            iam.put_user_policy(UserName='alice', PolicyName='q', PolicyDocument=policy('iam:ListUsers', effect='Deny'))
            refused(alice.list_users)
            iam.delete_user_policy(UserName='alice', PolicyName='q')
            iam.delete_user_policy(UserName='alice', PolicyName='p')
            iam.create_group(GroupName='admins')
            iam.attach_group_policy(GroupName='admins', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
            iam.add_user_to_group(GroupName='admins', UserName='alice')
            print(len(alice.list_users()['Users']))
            iam.remove_user_from_group(GroupName='admins', UserName='alice')
            refused(alice.list_users)
            """,
            Cancel);
        Assert.Equal(
            """
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action
            1
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:GetUser on resource: arn:aws:iam::000000000000:user/bob because no identity-based policy allows the iam:GetUser action
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ with an explicit deny in an identity-based policy
            1
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action
            """,
            output);
    }

    [Fact]
    public async Task Conditions_and_variables_see_the_caller_the_request_and_the_resource()
    {
        var output = await _cloud.PythonAsync(
            """
            rules = json.dumps({'Version': '2012-10-17', 'Statement': [
                {'Effect': 'Allow', 'Action': 'iam:GetUser', 'Resource': f'arn:aws:iam::{A}:user/people/${{aws:username}}'},
                {'Effect': 'Allow', 'Action': 'iam:CreateUser', 'Resource': '*',
                 'Condition': {'StringEquals': {'aws:RequestTag/team': '${aws:PrincipalTag/team}'}, 'IpAddress': {'aws:SourceIp': '127.0.0.0/8'}}},
                {'Effect': 'Allow', 'Action': 'iam:DeleteUser', 'Resource': '*', 'Condition': {'StringEquals': {'iam:ResourceTag/team': 'blue'}}},
                {'Effect': 'Allow', 'Action': 'iam:AttachUserPolicy', 'Resource': '*', 'Condition': {'ArnLike': {'iam:PolicyARN': '*/ReadOnlyAccess'}}},
                {'Effect': 'Allow', 'Action': 'iam:AttachUserPolicy', 'Resource': '*',
                 'Condition': {'ArnEquals': {'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}}},
            ]})
            iam.create_user(UserName='alice', Path='/people/', Tags=[{'Key': 'team', 'Value': 'blue'}])
            iam.put_user_policy(UserName='alice', PolicyName='p', PolicyDocument=rules)
            alice = of(iam.create_access_key(UserName='alice')['AccessKey'], 'iam')
            print(alice.get_user()['User']['Arn'])
            print(alice.create_user(UserName='b', Tags=[{'Key': 'team', 'Value': 'blue'}])['User']['UserName'])
            refused(alice.create_user, UserName='c', Tags=[{'Key': 'team', 'Value': 'red'}])
            iam.create_user(UserName='red', Tags=[{'Key': 'team', 'Value': 'red'}])
            refused(alice.delete_user, UserName='red')
            alice.delete_user(UserName='b')
            alice.attach_user_policy(UserName='alice', PolicyArn='arn:aws:iam::aws:policy/ReadOnlyAccess')
            refused(alice.attach_user_policy, UserName='alice', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
            """,
            Cancel);
        Assert.Equal(
            """
            arn:aws:iam::000000000000:user/people/alice
            b
            AccessDenied: User: arn:aws:iam::000000000000:user/people/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::000000000000:user/c because no identity-based policy allows the iam:CreateUser action
            AccessDenied: User: arn:aws:iam::000000000000:user/people/alice is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::000000000000:user/red because no identity-based policy allows the iam:DeleteUser action
            AccessDenied: User: arn:aws:iam::000000000000:user/people/alice is not authorized to perform: iam:AttachUserPolicy on resource: arn:aws:iam::000000000000:user/people/alice because no identity-based policy allows the iam:AttachUserPolicy action
            """,
            output);
    }

    [Fact]
    public async Task A_boundary_limits_a_user()
    {
        var output = await _cloud.PythonAsync(
            """
            alice = of(user('alice', policy('*')), 'iam')
            iam.put_user_permissions_boundary(UserName='alice', PermissionsBoundary='arn:aws:iam::aws:policy/AmazonS3FullAccess')
            refused(alice.list_roles)
            iam.delete_user_permissions_boundary(UserName='alice')
            print(alice.list_roles()['Roles'])
            """,
            Cancel);
        Assert.Equal(
            """
            AccessDenied: User: arn:aws:iam::000000000000:user/alice is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no permissions boundary allows the iam:ListRoles action
            []
            """,
            output);
    }

    [Fact]
    public async Task Keys_that_are_off_or_deleted_open_nothing()
    {
        var output = await _cloud.PythonAsync(
            """
            key = user('alice', policy('*'))
            alice = of(key, 'iam')
            iam.update_access_key(UserName='alice', AccessKeyId=key['AccessKeyId'], Status='Inactive')
            refused(alice.list_users)
            iam.update_access_key(UserName='alice', AccessKeyId=key['AccessKeyId'], Status='Active')
            print(len(alice.list_users()['Users']))
            iam.delete_access_key(UserName='alice', AccessKeyId=key['AccessKeyId'])
            refused(alice.list_users)
            """,
            Cancel);
        Assert.Equal(
            """
            InvalidClientTokenId: The security token included in the request is invalid.
            1
            InvalidClientTokenId: The security token included in the request is invalid.
            """,
            output);
    }

    [Fact]
    public async Task A_denial_can_be_explained()
    {
        var id = (await _cloud.PythonAsync(
            """
            alice = of(user('alice', policy('iam:ListUsers', Sid='Office', Condition={'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}})), 'iam')
            print(refused(alice.list_users))
            """,
            Cancel)).Split('\n')[^1];
        using var explained = await _cloud.ExplainAsync(id, Cancel);
        var decision = explained.RootElement.GetProperty("decisions")[0];
        Assert.Equal("arn:aws:iam::000000000000:user/alice", decision.GetProperty("principal").GetString());
        Assert.Equal("Denied: no identity-based policy allows it.", decision.GetProperty("conclusion").GetString());
        var statement = decision.GetProperty("policies")[0].GetProperty("statements")[0];
        Assert.Equal("Office", statement.GetProperty("statement").GetString());
        Assert.Equal("IpAddress aws:SourceIp wants 10.0.0.0/8 and the request has 127.0.0.1", statement.GetProperty("why").GetString());
    }

    [Theory]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Host", "rebound.example.com")]
    public async Task Explanations_are_not_for_pages_in_a_browser(string header, string value)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_cloud.Server.Url, "/_haneul/explain?id=x"));
        request.Headers.Add(header, value);
        using var response = await http.SendAsync(request, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }
}
