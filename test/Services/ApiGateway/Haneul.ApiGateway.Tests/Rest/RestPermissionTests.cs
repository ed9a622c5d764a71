using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>What policies can ask about management: tags of resources, and what a request asks for.</summary>
public sealed class RestPermissionTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task What_is_inside_of_an_api_has_its_tags()
    {
        var api = await _cloud.PostAsync("/restapis", """{"name":"a","tags":{"team":"sky"} }""");
        var id = api.GetProperty("id").GetString()!;
        await _cloud.MockAsync(id, api.GetProperty("rootResourceId").GetString()!, "GET");
        var deployment = await _cloud.DeployAsync(id);
        await _cloud.PostAsync($"/restapis/{id}/stages", $$"""{"stageName":"s","deploymentId":"{{deployment}}","tags":{"env":"dev"} }""");
        Assert.Equal("sky", await TagAsync($"/restapis/{id}", "team"));
        Assert.Equal("sky", await TagAsync($"/restapis/{id}/resources/x/methods/GET", "team"));
        Assert.Equal("dev", await TagAsync($"/restapis/{id}/stages/s", "env"));
        Assert.Null(await TagAsync("/restapis/nope", "team"));
        Assert.Equal("sky", await TagAsync("/tags/" + Uri.EscapeDataString($"arn:aws:apigateway:us-east-1::/restapis/{id}"), "team"));
    }

    [Fact]
    public void A_request_tells_what_it_asks_for()
    {
        var authorization = new Authorization();
        ConditionKeys.OfApi(new() { Name = "a", EndpointConfiguration = new() { Types = ["REGIONAL"] } }, authorization);
        ConditionKeys.OfMethod(
            new() { RestApiId = "a", ResourceId = "b", HttpMethod = "GET", AuthorizationType = "NONE", ApiKeyRequired = true }, authorization);
        Assert.Equal(["REGIONAL"], authorization.Keys!["apigateway:Request/EndpointType"]);
        Assert.Equal(["true"], authorization.Keys["apigateway:Request/ApiKeyRequired"]);
        Assert.Equal(["NONE"], authorization.Keys["apigateway:Request/RouteAuthorizationType"]);
    }

    private async Task<string?> TagAsync(string path, string tag)
    {
        var context = new CallContext
        {
            Principal = Principal.Root(AccountId.Default), Region = Region.Default, RequestId = "r", Time = _cloud.Time.GetUtcNow(),
        };
        var facts = _cloud.Services.GetServices<IResourceFacts>().Single(facts => facts.Service == "apigateway");
        var found = await facts.FindAsync(Arn.Parse("arn:aws:apigateway:us-east-1::" + path), context, TestContext.Current.CancellationToken);
        return found.Tags?.GetValueOrDefault(tag);
    }
}
