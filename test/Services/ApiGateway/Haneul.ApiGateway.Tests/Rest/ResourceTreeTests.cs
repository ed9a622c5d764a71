using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Routing;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class ResourceTreeTests
{
    private static readonly ResourceTree s_tree = new(
    [
        At("/", "GET"), At("/a"), At("/a/b", "GET"), At("/a/{id}", "GET", "ANY"), At("/a/{id}/c", "GET"), At("/{proxy+}", "ANY"), At("/x", "POST"),
    ]);

    [Theory]
    [InlineData("GET", "/", "/", "GET", "")]
    [InlineData("GET", "/a/b", "/a/b", "GET", "")]
    [InlineData("GET", "/a/b/", "/a/b", "GET", "")]
    [InlineData("GET", "/a/7", "/a/{id}", "GET", "id=7")]
    [InlineData("POST", "/a/7", "/a/{id}", "ANY", "id=7")]
    [InlineData("POST", "/a/b", "/a/{id}", "ANY", "id=b")]
    [InlineData("GET", "/a/b%2Fc/c", "/a/{id}/c", "GET", "id=b%2Fc")]
    [InlineData("GET", "/a/b/c/d", "/{proxy+}", "ANY", "proxy=a/b/c/d")]
    [InlineData("GET", "/x", "/{proxy+}", "ANY", "proxy=x")]
    [InlineData("GET", "/a//b", "/{proxy+}", "ANY", "proxy=a//b")]
    public void The_most_specific_resource_with_the_method_answers(string method, string path, string resource, string found, string variables)
    {
        var match = s_tree.Match(method, path);
        Assert.NotNull(match);
        Assert.Equal(
            (resource, found, variables),
            (match.Resource.Path, match.Method.HttpMethod, string.Join('&', match.Variables.Select(variable => $"{variable.Key}={variable.Value}"))));
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PATCH", "/b")]
    [InlineData("TRACE", "/c")]
    public void Nothing_answers_what_no_resource_serves(string method, string path) =>
        Assert.Null(new ResourceTree([At("/", "GET"), At("/b", "POST"), At("/c", "ANY")]).Match(method, path));

    private static Resource At(string path, params string[] methods) => new()
    {
        Id = path,
        Path = path,
        ResourceMethods = methods.ToDictionary(method => method, method => new Method { HttpMethod = method }),
    };
}
