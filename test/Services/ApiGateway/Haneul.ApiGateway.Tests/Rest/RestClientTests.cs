namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Clients of AWS read what is answered: boto3 and the AWS CLI.</summary>
public sealed class RestClientTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Boto3_imports_exports_and_meters()
    {
        const string script = """
            import boto3, json, os
            c = boto3.client('apigateway', endpoint_url=os.environ['ENDPOINT'])
            body = json.dumps({'openapi': '3.0.1', 'info': {'title': 'boto', 'version': '1'}, 'paths': {'/a': {'get': {
                'responses': {'200': {'description': 'ok'}}, 'x-amazon-apigateway-integration': {'type': 'mock'}}}}})
            api = c.import_rest_api(body=body.encode(), parameters={'endpointConfigurationTypes': 'REGIONAL'}, failOnWarnings=True)
            assert api['endpointConfiguration']['types'] == ['REGIONAL'], api
            id = api['id']
            c.create_deployment(restApiId=id, stageName='dev')
            export = c.get_export(restApiId=id, stageName='dev', exportType='oas30', accepts='application/yaml', parameters={'extensions': 'integrations'})
            assert export['contentType'] == 'application/octet-stream', export
            text = export['body'].read().decode()
            assert text.startswith('---\nopenapi: "3.0.1"\n') and 'type: "mock"' in text, text
            key = c.create_api_key(name='k', enabled=True)
            plan = c.create_usage_plan(name='p', apiStages=[{'apiId': id, 'stage': 'dev'}], quota={'limit': 5, 'period': 'MONTH'})
            c.create_usage_plan_key(usagePlanId=plan['id'], keyId=key['id'], keyType='API_KEY')
            day = key['createdDate'].strftime('%Y-%m-%d')
            usage = c.update_usage(usagePlanId=plan['id'], keyId=key['id'], patchOperations=[{'op': 'replace', 'path': '/remaining', 'value': '9'}])
            assert usage['items'] == {key['id']: [[0, 9]]}, usage
            assert c.get_usage(usagePlanId=plan['id'], startDate=day, endDate=day)['items'] == {key['id']: [[0, 9]]}
            pages = [k['id'] for page in c.get_paginator('get_api_keys').paginate(PaginationConfig={'PageSize': 1}) for k in page['items']]
            assert pages == [key['id']], pages
            c.import_api_keys(body=b'name,key\nx,' + b'a' * 20, format='csv')
            arn = f'arn:aws:apigateway:us-east-1::/apikeys/{key["id"]}'
            c.tag_resource(resourceArn=arn, tags={'a': 'b'})
            assert c.get_tags(resourceArn=arn)['tags'] == {'a': 'b'}
            c.untag_resource(resourceArn=arn, tagKeys=['a'])
            assert len(c.get_gateway_responses(restApiId=id)['items']) == 21
            try:
                c.get_rest_api(restApiId='nope')
            except c.exceptions.NotFoundException as e:
                assert e.response['Error']['Message'] == 'Invalid API identifier specified 000000000000:nope', e
            print('done')
            """;
        Assert.Equal("done", (await _cloud.Aws.PythonAsync(script, Cancel)).Trim());
    }
}
