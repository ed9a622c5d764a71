namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>The tree of resources.</summary>
public sealed class RestResourceTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_rename_and_a_move_change_the_paths_below()
    {
        var (id, root) = await _cloud.ApiAsync();
        var pets = await _cloud.ResourceAsync(id, root, "pets");
        var sub = await _cloud.ResourceAsync(id, pets, "subpets");
        var leaf = await _cloud.ResourceAsync(id, sub, "{id}");
        var renamed = await _cloud.PatchAsync($"/restapis/{id}/resources/{pets}", "replace /pathPart dogs");
        Assert.Equal($$"""{"id":"{{pets}}","parentId":"{{root}}","pathPart":"dogs","path":"/dogs"}""", renamed.GetRawText());
        Assert.Equal("/dogs/subpets/{id}", await PathAsync(leaf));
        await _cloud.PatchAsync($"/restapis/{id}/resources/{sub}", $"replace /parentId {root}");
        Assert.Equal("/subpets/{id}", await PathAsync(leaf));
        Assert.Equal(
            "400 BadRequestException: Resources cannot be cyclical.",
            await _cloud.PatchRefusedAsync($"/restapis/{id}/resources/{sub}", $"replace /parentId {leaf}"));
        await _cloud.DeleteAsync($"/restapis/{id}/resources/{sub}");
        Assert.Equal(
            "404 NotFoundException: Invalid Resource identifier specified", await _cloud.RefusedAsync(HttpMethod.Get, $"/restapis/{id}/resources/{leaf}"));

        async Task<string?> PathAsync(string resource) => (await _cloud.GetAsync($"/restapis/{id}/resources/{resource}")).GetProperty("path").GetString();
    }

    [Fact]
    public async Task Patches_that_cannot_be_are_refused()
    {
        var (id, root) = await _cloud.ApiAsync();
        var pets = await _cloud.ResourceAsync(id, root, "pets");
        var cats = await _cloud.ResourceAsync(id, root, "cats");
        var path = $"/restapis/{id}/resources/{cats}";
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
            await _cloud.PatchRefusedAsync(path, "replace /invalid x"));
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
            await _cloud.PatchRefusedAsync(path, "remove /pathPart"));
        Assert.Equal(
            "409 ConflictException: Another resource with the same parent already has this name: pets",
            await _cloud.PatchRefusedAsync(path, "replace /pathPart pets"));
        Assert.Equal("404 NotFoundException: Invalid Resource identifier specified", await _cloud.PatchRefusedAsync(path, "replace /parentId nope"));
        Assert.Equal(
            "400 BadRequestException: Root resource cannot update its pathPart.",
            await _cloud.PatchRefusedAsync($"/restapis/{id}/resources/{root}", "replace /pathPart x"));
        Assert.Equal(
            "400 BadRequestException: Root resource cannot update its parentId.",
            await _cloud.PatchRefusedAsync($"/restapis/{id}/resources/{root}", $"replace /parentId {pets}"));
    }

    [Fact]
    public async Task Variables_stand_alone_among_their_siblings()
    {
        var (id, root) = await _cloud.ApiAsync();
        var proxy = await _cloud.ResourceAsync(id, root, "{proxy+}");
        Assert.Equal(
            "400 BadRequestException: A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
            await RefusedAsync(root, "{name}"));
        Assert.Equal(
            "400 BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}", await RefusedAsync(proxy, "child"));
        var parent = await _cloud.ResourceAsync(id, root, "parent");
        await _cloud.ResourceAsync(id, parent, "{child+}");
        Assert.Equal(
            "400 BadRequestException: Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
            await RefusedAsync(root, "a/b"));
        Assert.Equal("404 NotFoundException: Invalid Resource identifier specified", await RefusedAsync("nope", "x"));

        Task<string> RefusedAsync(string below, string part) =>
            _cloud.RefusedAsync(HttpMethod.Post, $"/restapis/{id}/resources/{below}", $$"""{"pathPart":"{{part}}"}""");
    }

    [Fact]
    public async Task Methods_are_shown_inside_where_that_is_asked_for()
    {
        var (id, root, _) = await _cloud.DeployedApiAsync();
        Assert.Equal("""{"GET":{}}""", (await _cloud.GetAsync($"/restapis/{id}/resources/{root}")).GetProperty("resourceMethods").GetRawText());
        var full = (await _cloud.GetAsync($"/restapis/{id}/resources?embed=methods")).GetProperty("item")[0].GetProperty("resourceMethods");
        Assert.Equal("MOCK", full.GetProperty("GET").GetProperty("methodIntegration").GetProperty("type").GetString());
    }
}
