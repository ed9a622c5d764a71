using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Routes;

namespace Haneul.ApiGateway.Tests;

public sealed class RouteTableTests
{
    private static readonly RouteTable s_table = new(new DeploymentRecord(
        new Deployment(),
        [
            .. ((string[])["$default", "ANY /{proxy+}", "GET /", "GET /items", "GET /items/{id}", "ANY /items/{id}", "GET /items/new", "POST /items/{id}/{rest+}"])
                .Select((key, i) => new Route { RouteId = $"r{i}", RouteKey = key }),
        ],
        []));

    [Theory]
    [InlineData("GET", "/", "GET /")]
    [InlineData("GET", "/items", "GET /items")]
    [InlineData("GET", "/items/", "GET /items")]
    [InlineData("GET", "/items/new", "GET /items/new")]
    [InlineData("GET", "/items/7", "GET /items/{id}")]
    [InlineData("PUT", "/items/7", "ANY /items/{id}")]
    [InlineData("POST", "/items/7/a/b", "POST /items/{id}/{rest+}")]
    [InlineData("GET", "/items/7/a", "ANY /{proxy+}")]
    [InlineData("DELETE", "/items", "ANY /{proxy+}")]
    [InlineData("POST", "/", "$default")]
    public void The_most_specific_route_wins(string method, string path, string expected) =>
        Assert.Equal(expected, s_table.Match(method, path)!.RouteKey);

    [Fact]
    public void Variables_are_decoded()
    {
        var match = s_table.Match("POST", "/items/a%20b/c%2Fd/e")!;
        Assert.Equal([new("id", "a b"), new("rest", "c/d/e")], match.Variables);
    }

    [Theory]
    [InlineData("$default", true)]
    [InlineData("GET /", true)]
    [InlineData("GET /a/{b}/{c+}", true)]
    [InlineData("get /a", false)]
    [InlineData("GET a", false)]
    [InlineData("GET /a//b", false)]
    [InlineData("GET /{a+}/b", false)]
    [InlineData("GET /{a}/{a}", false)]
    [InlineData("GET /{}", false)]
    [InlineData("GET /a?b=c", false)]
    [InlineData("FETCH /a", false)]
    [InlineData("", false)]
    public void Route_keys_are_checked(string text, bool valid) => Assert.Equal(valid, RouteKey.TryParse(text, out _));
}
