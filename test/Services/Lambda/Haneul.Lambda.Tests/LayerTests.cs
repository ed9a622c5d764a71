using System.Text.Json;

namespace Haneul.Lambda.Tests;

/// <summary>Layers, and functions with them.</summary>
public sealed class LayerTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:layer:";
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        _cloud = await LambdaCloud.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task Later_layers_cover_earlier_ones_and_functions_import_from_them()
    {
        await PublishAsync("one", ("python/shared.py", "name = 'one'"), ("python/first.py", "x = 1"), ("data/a", "a1"));
        await PublishAsync("two", ("python/shared.py", "name = 'two'"), ("data", "a file now"));
        await _cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", """
            import os
            def handler(event, context):
                import first, shared
                return [shared.name, first.x, os.path.isfile("/opt/data")]
            """, $$""","Layers":["{{Arn}}one:1","{{Arn}}two:1"]""");
        Assert.Equal("""["two", 1, true]""", (await _cloud.InvokeAsync("f")).Body);
        var changed = await _cloud.CallAsync(HttpMethod.Put, "/2015-03-31/functions/f/configuration", $$"""{"Layers":["{{Arn}}one:1"]}""");
        Assert.Equal(Arn + "one:1", changed.GetProperty("Layers")[0].GetProperty("Arn").GetString());
        Assert.Equal("""["one", 1, false]""", (await _cloud.InvokeAsync("f")).Body);
    }

    [Fact]
    public async Task A_layer_that_a_function_uses_stays_when_it_is_deleted()
    {
        await PublishAsync("lib", ("python/lib.py", "answer = 42"));
        await _cloud.CreateAsync("f", "python3.11", "app.handler", "app.py", "import lib\ndef handler(event, context): return lib.answer", $$""","Layers":["{{Arn}}lib:1"]""");
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2018-10-31/layers/lib/versions/1")).Status);
        Assert.Equal(404, (await _cloud.SendAsync(HttpMethod.Get, "/2018-10-31/layers/lib/versions/1")).Status);
        Assert.Equal("42", (await _cloud.InvokeAsync("f")).Body);
        Assert.Equal(2, _cloud.CodeFiles().Length);
        Assert.Equal(204, (await _cloud.SendAsync(HttpMethod.Delete, "/2015-03-31/functions/f")).Status);
        await HostileFunctionTests.EventuallyAsync(() => _cloud.CodeFiles().Length == 0);
        Assert.Equal(2, (await PublishAsync("lib", ("python/lib.py", "answer = 43"))).GetProperty("Version").GetInt32());
    }

    [Fact]
    public async Task Versions_are_shown_and_listed()
    {
        await PublishAsync("a", ("x", "1"));
        var second = await PublishAsync("a", ("x", "2"));
        await PublishAsync("b", ("x", "3"));
        Assert.Equal(Arn + "a:2", second.GetProperty("LayerVersionArn").GetString());
        var versions = (await _cloud.CallAsync(HttpMethod.Get, "/2018-10-31/layers/a/versions")).GetProperty("LayerVersions");
        Assert.Equal([2, 1], versions.EnumerateArray().Select(version => version.GetProperty("Version").GetInt32()));
        var page = await _cloud.CallAsync(HttpMethod.Get, "/2018-10-31/layers?MaxItems=1");
        Assert.Equal("a", page.GetProperty("Layers")[0].GetProperty("LayerName").GetString());
        Assert.Equal(2, page.GetProperty("Layers")[0].GetProperty("LatestMatchingVersion").GetProperty("Version").GetInt32());
        page = await _cloud.CallAsync(HttpMethod.Get, "/2018-10-31/layers?MaxItems=1&Marker=" + Uri.EscapeDataString(page.GetProperty("NextMarker").GetString()!));
        Assert.Equal("b", page.GetProperty("Layers")[0].GetProperty("LayerName").GetString());
        var byArn = await _cloud.CallAsync(HttpMethod.Get, "/2018-10-31/layers?find=LayerVersion&Arn=" + Uri.EscapeDataString(Arn + "a:1"));
        Assert.Equal(1, byArn.GetProperty("Version").GetInt32());
        Assert.Equal(LambdaCloud.Zip(("x", "1")).Length, byArn.GetProperty("Content").GetProperty("CodeSize").GetInt32());
    }

    [Theory]
    [InlineData("a:1\",\"" + Arn + "a:2", "Two different versions of the same layer are not allowed to be referenced in the same function. " + Arn + "a:1 and " + Arn + "a:2 are versions of the same layer.")]
    [InlineData("none:1", "Layer version " + Arn + "none:1 does not exist.")]
    [InlineData("a:9", "Layer version " + Arn + "a:9 does not exist.")]
    public async Task Layers_that_cannot_be_used_are_refused(string layers, string message)
    {
        await PublishAsync("a", ("x", "1"));
        await PublishAsync("a", ("x", "2"));
        var (status, body) = await _cloud.TryCreateAsync("f", "python3.11", "app.handler", LambdaCloud.Zip(("app.py", "")), $$""","Layers":["{{Arn}}{{layers}}"]""");
        Assert.Equal(400, status);
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    private Task<JsonElement> PublishAsync(string name, params (string Name, string Text)[] files) => _cloud.CallAsync(
        HttpMethod.Post, $"/2018-10-31/layers/{name}/versions", $$$"""{"Content":{"ZipFile":"{{{Convert.ToBase64String(LambdaCloud.Zip(files))}}}"}}""");
}
