namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Deployments and the stages that serve them.</summary>
public sealed class RestStageTests : IAsyncLifetime
{
    private RestServer _cloud = null!;
    private string _api = null!;
    private string _root = null!;
    private string _deployment = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await RestServer.StartAsync();
        (_api, _root, _deployment) = await _cloud.DeployedApiAsync();
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_deployment_needs_methods_with_integrations()
    {
        var (id, root) = await _cloud.ApiAsync();
        Assert.Equal("400 BadRequestException: The REST API doesn't contain any methods", await RefusedAsync());
        await _cloud.PutAsync($"/restapis/{id}/resources/{root}/methods/GET", """{"authorizationType":"NONE"}""");
        Assert.Equal("400 BadRequestException: No integration defined for method", await RefusedAsync());

        Task<string> RefusedAsync() => _cloud.RefusedAsync(HttpMethod.Post, $"/restapis/{id}/deployments", "{}");
    }

    [Fact]
    public async Task A_deployment_is_kept_while_a_stage_serves_it()
    {
        await StageAsync("s1");
        var path = $"/restapis/{_api}/deployments/{_deployment}";
        var words = "400 BadRequestException: Active stages pointing to this deployment must be moved or deleted";
        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Delete, path));
        var second = await _cloud.DeployAsync(_api);
        await _cloud.PatchAsync($"/restapis/{_api}/stages/s1", $"replace /deploymentId {second}");
        await _cloud.DeleteAsync(path);
        Assert.Equal("404 NotFoundException: Invalid Deployment identifier specified", await _cloud.RefusedAsync(HttpMethod.Get, path));
        Assert.Equal(second, (await _cloud.GetAsync($"/restapis/{_api}/stages")).GetProperty("item")[0].GetProperty("deploymentId").GetString());
    }

    [Fact]
    public async Task A_deployment_shows_its_methods_where_that_is_asked_for()
    {
        var path = $"/restapis/{_api}/deployments/{_deployment}";
        Assert.False((await _cloud.GetAsync(path)).TryGetProperty("apiSummary", out _));
        Assert.Equal(
            """{"/":{"GET":{"authorizationType":"NONE","apiKeyRequired":false}}}""",
            (await _cloud.GetAsync(path + "?embed=apisummary")).GetProperty("apiSummary").GetRawText());
        Assert.Equal("d", (await _cloud.PatchAsync(path, "replace /description d")).GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_stage_begins_with_what_aws_gives_it()
    {
        var stage = await _cloud.PostAsync(
            $"/restapis/{_api}/stages", $$"""{"stageName":"dev","deploymentId":"{{_deployment}}","description":"my stage","variables":{"a":"b"} }""");
        Assert.Equal("NOT_AVAILABLE", stage.GetProperty("cacheClusterStatus").GetString());
        Assert.False(stage.GetProperty("cacheClusterEnabled").GetBoolean());
        Assert.False(stage.GetProperty("tracingEnabled").GetBoolean());
        Assert.Equal("{}", stage.GetProperty("methodSettings").GetRawText());
        Assert.False(stage.TryGetProperty("tags", out _));
        Assert.Equal(
            "409 ConflictException: Stage already exists",
            await _cloud.RefusedAsync(HttpMethod.Post, $"/restapis/{_api}/stages", $$"""{"stageName":"dev","deploymentId":"{{_deployment}}"}"""));
        Assert.Equal(
            "400 BadRequestException: Deployment id does not exist",
            await _cloud.RefusedAsync(HttpMethod.Post, $"/restapis/{_api}/stages", """{"stageName":"x","deploymentId":"nope"}"""));
    }

    [Fact]
    public async Task Settings_of_methods_begin_as_those_of_all()
    {
        var path = await StageAsync("s1");
        var stage = await _cloud.PatchAsync(
            path, "replace /*/*/throttling/burstLimit 123", "replace /*/*/caching/enabled true", "replace /tracingEnabled true",
            "replace /test/GET/throttling/burstLimit 124", "replace /variables/var1 test");
        Assert.Equal(
            """
            {"metricsEnabled":false,"dataTraceEnabled":false,"throttlingBurstLimit":124,"throttlingRateLimit":10000,"cachingEnabled":true,
            "cacheTtlInSeconds":300,"cacheDataEncrypted":false,"requireAuthorizationForCacheControl":true,
            "unauthorizedCacheControlHeaderStrategy":"SUCCEED_WITH_RESPONSE_HEADER"}
            """.ReplaceLineEndings(""),
            stage.GetProperty("methodSettings").GetProperty("test/GET").GetRawText());
        Assert.True(stage.GetProperty("tracingEnabled").GetBoolean());
        stage = await _cloud.PatchAsync(path, "remove /*/*", "remove /test/GET");
        Assert.Equal("{}", stage.GetProperty("methodSettings").GetRawText());
        Assert.Equal(
            "400 BadRequestException: Cannot remove method setting */* because there is no method setting for this method ",
            await _cloud.PatchRefusedAsync(path, "remove /*/*"));
        Assert.StartsWith(
            "400 BadRequestException: Invalid method setting path: /documentation_version. Must be one of: [/deploymentId, /description, ",
            await _cloud.PatchRefusedAsync(path, "replace /documentation_version x"), StringComparison.Ordinal);
        Assert.Equal(
            "400 BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging",
            await _cloud.PatchRefusedAsync(path, "replace /*/*/logging/loglevel INFO"));
    }

    [Fact]
    public async Task Access_logs_are_set_and_taken_away()
    {
        var path = await StageAsync("dev");
        const string arn = "arn:aws:logs:us-east-1:000000000000:log-group:a";
        var stage = await _cloud.PatchAsync(path, $"add /accessLogSettings/destinationArn {arn}");
        Assert.Equal($$"""{"destinationArn":"{{arn}}"}""", stage.GetProperty("accessLogSettings").GetRawText());
        await _cloud.PatchAsync(path, "add /accessLogSettings/format $context.requestId $context.identity.sourceIp");
        const string wrong = "400 BadRequestException: Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]";
        Assert.Equal(wrong, await _cloud.PatchRefusedAsync(path, "add /accessLogSettings/randomValue x"));
        Assert.Equal(wrong, await _cloud.PatchRefusedAsync(path, "replace /accessLogSettings x"));
        Assert.Equal(
            "400 BadRequestException: Access Log value must not be empty", await _cloud.PatchRefusedAsync(path, "replace /accessLogSettings/format"));
        Assert.Equal(
            "400 BadRequestException: Cannot remove method setting accessLogSettings/destinationArn because there is no method setting for this method ",
            await _cloud.PatchRefusedAsync(path, "remove /accessLogSettings/destinationArn"));
        Assert.False((await _cloud.PatchAsync(path, "remove /accessLogSettings")).TryGetProperty("accessLogSettings", out _));
    }

    [Fact]
    public async Task A_canary_is_deployed_changed_and_promoted()
    {
        var path = await StageAsync("dev", variables: """{"testVar":"test","testVar2":"test2"}""");
        Assert.Equal(
            "400 BadRequestException: Promotion not available. Canary does not exist.",
            await _cloud.PatchRefusedAsync(path, "copy /variables from:/canarySettings/stageVariableOverrides"));
        var canary = await _cloud.DeployAsync(
            _api, """{"stageName":"dev","canarySettings":{"percentTraffic":50,"stageVariableOverrides":{"testVar":"canary"}}}""");
        var stage = await _cloud.GetAsync(path);
        Assert.Equal(_deployment, stage.GetProperty("deploymentId").GetString());
        Assert.Equal(
            $$"""{"percentTraffic":50,"deploymentId":"{{canary}}","stageVariableOverrides":{"testVar":"canary"},"useStageCache":false}""",
            stage.GetProperty("canarySettings").GetRawText());
        stage = await _cloud.PatchAsync(
            path, "replace /canarySettings/percentTraffic 0", "copy /deploymentId from:/canarySettings/deploymentId",
            "copy /variables from:/canarySettings/stageVariableOverrides");
        Assert.Equal(canary, stage.GetProperty("deploymentId").GetString());
        Assert.Equal("""{"testVar":"canary","testVar2":"test2"}""", stage.GetProperty("variables").GetRawText());
        stage = await _cloud.PatchAsync(path, "replace /canarySettings/stageVariableOverrides/testVar updated", "remove /canarySettings");
        Assert.False(stage.TryGetProperty("canarySettings", out _));
        stage = await _cloud.PatchAsync(path, "replace /canarySettings/percentTraffic 50");
        Assert.Equal($$"""{"percentTraffic":50,"deploymentId":"{{canary}}","useStageCache":false}""", stage.GetProperty("canarySettings").GetRawText());
    }

    [Theory]
    [InlineData("remove /canarySettings/stageVariableOverrides", "400 BadRequestException: Cannot remove method setting canarySettings/stageVariableOverrides because there is no method setting for this method ")]
    [InlineData("remove /canarySettings/badPath", "400 BadRequestException: Cannot remove method setting canarySettings/badPath because there is no method setting for this method ")]
    [InlineData("add /canarySettings/deploymentId x", "400 BadRequestException: Invalid add operation with path: /canarySettings/deploymentId")]
    [InlineData("replace /canarySettings/deploymentId nope", "400 BadRequestException: Deployment id does not exist")]
    [InlineData("copy /canarySettings/stageVariableOverrides from:/variables", "400 BadRequestException: Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]")]
    public async Task Patches_of_canaries_that_cannot_be_are_refused(string operation, string words) =>
        Assert.Equal(words, await _cloud.PatchRefusedAsync(await StageAsync("dev"), operation));

    [Theory]
    [InlineData("""{"canarySettings":{}}""", "Non null and non empty stageName must be provided for canary deployment. Provided value is null")]
    [InlineData("""{"canarySettings":{},"stageName":""}""", "Non null and non empty stageName must be provided for canary deployment. Provided value is ")]
    [InlineData("""{"canarySettings":{},"stageName":"non-existing"}""", "Stage non-existing must already be created before making a canary release deployment")]
    public async Task A_canary_needs_a_stage(string body, string words) => Assert.Equal(
        "400 BadRequestException: Invalid deployment content specified." + words,
        await _cloud.RefusedAsync(HttpMethod.Post, $"/restapis/{_api}/deployments", body));

    [Fact]
    public async Task What_is_deployed_does_not_change_with_the_api()
    {
        await _cloud.MockAsync(_api, _root, "POST");
        var path = $"/restapis/{_api}/deployments/{_deployment}?embed=apisummary";
        Assert.False((await _cloud.GetAsync(path)).GetProperty("apiSummary").GetProperty("/").TryGetProperty("POST", out _));
    }

    private async Task<string> StageAsync(string name, string variables = "{}")
    {
        await _cloud.PostAsync($"/restapis/{_api}/stages", $$"""{"variables":{{variables}},"stageName":"{{name}}","deploymentId":"{{_deployment}}"}""");
        return $"/restapis/{_api}/stages/{name}";
    }
}
