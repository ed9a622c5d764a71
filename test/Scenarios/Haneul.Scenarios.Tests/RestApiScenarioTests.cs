using Haneul.Testing.Clients;

namespace Haneul.Scenarios.Tests;

/// <summary>A REST API with everything behind it that is real: functions, their permissions, an authorizer, roles, logs.</summary>
public sealed class RestApiScenarioTests(Cloud cloud) : IClassFixture<Cloud>
{
    private const string Script = """
        import boto3, io, json, os, time, urllib.error, urllib.request, zipfile
        endpoint = os.environ['ENDPOINT']
        client = lambda name: boto3.client(name, endpoint_url=endpoint)
        api, functions, iam, logs = client('apigateway'), client('lambda'), client('iam'), client('logs')

        def trust(service):
            return json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': service}, 'Action': 'sts:AssumeRole'}]})

        def archive(code):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, 'w') as file:
                file.writestr('app.py', code)
            return packed.getvalue()

        role = iam.create_role(RoleName='rest-function', AssumeRolePolicyDocument=trust('lambda.amazonaws.com'))['Role']['Arn']
        log_role = iam.create_role(RoleName='rest-logs', AssumeRolePolicyDocument=trust('apigateway.amazonaws.com'))['Role']['Arn']
        iam.attach_role_policy(RoleName='rest-logs', PolicyArn='arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs')
        api.update_account(patchOperations=[{'op': 'replace', 'path': '/cloudwatchRoleArn', 'value': log_role}])
        arn = functions.create_function(FunctionName='rest', Runtime='python3.11', Role=role, Handler='app.handle', Code={'ZipFile': archive('''
        import json
        def handle(event, context):
            if event.get('type') == 'TOKEN':
                token = event['authorizationToken']
                if token == 'bad':
                    raise Exception('Unauthorized')
                statement = {'Action': 'execute-api:Invoke', 'Effect': 'Allow' if token == 'allow' else 'Deny', 'Resource': event['methodArn']}
                return {'principalId': 'ann', 'policyDocument': {'Version': '2012-10-17', 'Statement': [statement]}, 'context': {'tenant': 7}}
            return {'statusCode': 200, 'body': json.dumps(event['requestContext'])}
        ''')})['FunctionArn']
        functions.get_waiter('function_active_v2').wait(FunctionName='rest')

        rest = api.create_rest_api(name='scenario')['id']
        root = api.get_resources(restApiId=rest)['items'][0]['id']
        uri = f'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations'
        authorizer = api.create_authorizer(restApiId=rest, name='token', type='TOKEN', authorizerUri=uri, identitySource='method.request.header.Auth')['id']

        def method(part, **options):
            resource = api.create_resource(restApiId=rest, parentId=root, pathPart=part)['id']
            api.put_method(restApiId=rest, resourceId=resource, httpMethod='ANY', **options)
            api.put_integration(restApiId=rest, resourceId=resource, httpMethod='ANY', type='AWS_PROXY', integrationHttpMethod='POST', uri=uri)

        method('{proxy+}', authorizationType='NONE')
        method('secret', authorizationType='CUSTOM', authorizerId=authorizer)
        api.create_deployment(restApiId=rest, stageName='dev')
        api.update_stage(restApiId=rest, stageName='dev', patchOperations=[{'op': 'replace', 'path': '/*/*/logging/loglevel', 'value': 'INFO'}])

        def get(path, **headers):
            request = urllib.request.Request(f'{endpoint}/_aws/execute-api/{rest}/dev{path}', headers=headers)
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.status, json.loads(answer.read())
            except urllib.error.HTTPError as error:
                return error.code, json.loads(error.read())

        assert get('/a') == (500, {'message': 'Internal server error'}), 'the function has not let the API in yet'
        functions.add_permission(FunctionName='rest', StatementId='api', Action='lambda:InvokeFunction', Principal='apigateway.amazonaws.com',
                                 SourceArn=f'arn:aws:execute-api:us-east-1:000000000000:{rest}/*')
        status, context = get('/a/b')
        assert (status, context['resourcePath'], context['stage']) == (200, '/{proxy+}', 'dev'), context
        assert get('/secret')[0] == 401
        assert get('/secret', Auth='bad')[0] == 401
        assert get('/secret', Auth='deny')[0] == 403
        status, context = get('/secret', Auth='allow')
        assert (status, context['authorizer']['principalId'], context['authorizer']['tenant']) == (200, 'ann', '7'), context

        for _ in range(100):
            try:
                lines = [event['message'] for event in logs.filter_log_events(logGroupName=f'API-Gateway-Execution-Logs_{rest}/dev')['events']]
                if any('Method completed with status: 403' in line for line in lines):
                    break
            except logs.exceptions.ResourceNotFoundException:
                pass
            time.sleep(0.1)
        else:
            raise AssertionError('no execution log')
        print('done')
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Functions_answer_behind_an_authorizer_and_logs_are_kept()
    {
        Cloud.NeedsSandbox();
        Assert.Equal("done\n", await new OfficialClients(cloud.Url).PythonAsync(Script, Cancel));
    }
}
