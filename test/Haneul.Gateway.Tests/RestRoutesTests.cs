using Haneul.Gateway.Routing;
using Haneul.Kernel.Operations;

namespace Haneul.Gateway.Tests;

public sealed class RestRoutesTests
{
    private static readonly RestRoutes s_routes = new(new ServiceModel
    {
        Id = "r",
        ServiceId = "R",
        SigningName = "r",
        ActionPrefix = "r",
        EndpointPrefix = "r",
        ApiVersion = "1",
        Protocols = [Protocol.RestXml],
        Operations = [],
        Unserved =
        [
            new("GetThing", new("GET", "/things/{Name}")),
            new("GetSpecial", new("GET", "/things/special")),
            new("ListThings", new("GET", "/things/")),
            new("GetObject", new("GET", "/{Bucket}/{Key+}")),
            new("GetTagging", new("GET", "/{Bucket}/{Key+}?tagging")),
            new("DeleteThing", new("DELETE", "/things/{Name}")),
        ],
    });

    [Theory]
    [InlineData("GET", "/things/a", "", "GetThing")]
    [InlineData("GET", "/things/special", "", "GetSpecial")]
    [InlineData("GET", "/things", "", "ListThings")]
    [InlineData("GET", "/b/k/with/slashes", "", "GetObject")]
    [InlineData("GET", "/b/k", "tagging", "GetTagging")]
    [InlineData("GET", "/b/k", "tagging=", "GetTagging")]
    [InlineData("DELETE", "/things/a", "", "DeleteThing")]
    [InlineData("PATCH", "/things/a", "", null)]
    [InlineData("GET", "/", "", null)]
    public void The_most_special_route_wins(string method, string path, string query, string? operation) =>
        Assert.Equal(operation, s_routes.Match(method, path, query)?.Operation);

    [Fact]
    public void Labels_are_decoded_after_the_path_was_split()
    {
        var labels = s_routes.Match("GET", "/things/a%2Fb%20c", "")!.Value.Labels;
        Assert.Equal("a/b c", labels.Find("Name"));
        Assert.Equal("k/x y", s_routes.Match("GET", "/b/k/x%20y", "")!.Value.Labels.Find("Key"));
    }
}
