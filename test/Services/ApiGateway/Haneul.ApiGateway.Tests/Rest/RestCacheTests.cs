using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute;
using Haneul.ApiGateway.Rest.Execute.Caching;
using Haneul.Testing.Clients;

namespace Haneul.ApiGateway.Tests.Rest;

public sealed class RestCacheTests : RestFixture
{
    private int _calls;

    [Fact]
    public async Task Answers_are_kept_by_their_keys_until_they_expire()
    {
        await DeployAsync(new MethodSetting { CachingEnabled = true, CacheTtlInSeconds = 60, CacheDataEncrypted = true });
        Assert.Equal("1", await NextAsync("/a/1?q=1"));
        Assert.Equal("1", await NextAsync("/a/1?q=1&other=2"));
        Assert.Equal("2", await NextAsync("/a/2?q=1"));
        Assert.Equal("3", await NextAsync("/a/1?q=2"));
        Assert.Equal("4", await NextAsync("/a/1"));
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", await NextAsync("/a/1?q=1"));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("5", await NextAsync("/a/1?q=1"));
        using var post = await Http.PostAsync(Url("/a/1?q=1"), Text("{}"), Cancel);
        Assert.Equal("6", await ReadAsync(post));
        Assert.Equal("5", await NextAsync("/a/1?q=1"));
    }

    [Fact]
    public async Task A_flush_forgets_and_errors_are_not_kept()
    {
        await DeployAsync(new MethodSetting { CachingEnabled = true, CacheTtlInSeconds = 60 });
        Functions.Answer = """{"statusCode":404,"body":"no"}""";
        await ExpectAsync(404, "no", "/a/1");
        Assert.Equal("1", await NextAsync("/a/1"));
        await new OfficialClients(Server.Url).AwsAsync(Cancel, "apigateway", "flush-stage-cache", "--rest-api-id", ApiId, "--stage-name", "dev");
        Assert.Equal("2", await NextAsync("/a/1"));
    }

    [Theory]
    [InlineData(false, null, "2", null)]
    [InlineData(true, "SUCCEED_WITH_RESPONSE_HEADER", "1", "199 Cache-control headers were ignored because the caller was unauthorized.")]
    [InlineData(true, "SUCCEED_WITHOUT_RESPONSE_HEADER", "1", null)]
    [InlineData(true, "FAIL_WITH_403", null, null)]
    public async Task Max_age_zero_makes_the_answer_anew_for_those_who_may(bool requires, string? strategy, string? expected, string? warning)
    {
        await DeployAsync(new MethodSetting
        {
            CachingEnabled = true, CacheTtlInSeconds = 60, RequireAuthorizationForCacheControl = requires, UnauthorizedCacheControlHeaderStrategy = strategy,
        });
        Assert.Equal("1", await NextAsync("/a/1"));
        Functions.Answer = Answer(2);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/a/1"));
        request.Headers.Add("Cache-Control", "max-age=0");
        using var response = await Http.SendAsync(request, Cancel);
        Assert.Equal(expected is null ? 403 : 200, (int)response.StatusCode);
        Assert.True(expected is null || await response.Content.ReadAsStringAsync(Cancel) == expected);
        Assert.Equal(warning, response.Headers.TryGetValues("Warning", out var values) ? values.Single() : null);
    }

    [Fact]
    public void Memory_is_bounded_and_the_oldest_go_first()
    {
        var cache = new StageCache(10_000);
        var now = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < 100; i++)
        {
            cache.Put($"k{i}", CachedAnswer.Of(new RestAnswer(200, [], new byte[1000]), encrypted: false), now.AddHours(1));
            Assert.NotNull(cache.Find("k0", now));
        }

        Assert.InRange(cache.Bytes, 1, 10_000);
        Assert.Null(cache.Find("k50", now));
        Assert.NotNull(cache.Find("k99", now));
        cache.Put("big", CachedAnswer.Of(new RestAnswer(200, [], new byte[20_000]), encrypted: false), now.AddHours(1));
        Assert.Null(cache.Find("big", now));
        Assert.Null(cache.Find("k99", now.AddHours(2)));
    }

    [Fact]
    public void Encrypted_answers_do_not_lie_open_in_memory()
    {
        var secret = "the secret answer"u8.ToArray();
        var kept = CachedAnswer.Of(new RestAnswer(200, [], secret), encrypted: true);
        Assert.Equal(-1, kept.Stored.Span.IndexOf(secret));
        Assert.Equal(secret, kept.Open().Body.ToArray());
    }

    private static string Answer(int number) => $$"""{"statusCode":200,"body":"{{number}}"}""";

    private Task DeployAsync(MethodSetting setting)
    {
        var proxy = new RestIntegration
        {
            Type = "AWS_PROXY",
            HttpMethod = "POST",
            Uri = FunctionUri,
            CacheNamespace = "res",
            CacheKeyParameters = ["method.request.querystring.q", "method.request.path.id"],
        };
        return DeployAsync(
            [At("/a/{id}", ("ANY", Method(proxy, "ANY")))],
            stage: new Stage
            {
                CacheClusterEnabled = true,
                CacheClusterSize = "0.5",
                MethodSettings = new Dictionary<string, MethodSetting> { ["*/*"] = setting },
            });
    }

    private async Task<string> NextAsync(string path)
    {
        Functions.Answer = Answer(_calls + 1);
        using var response = await GetAsync(path);
        return await ReadAsync(response);
    }

    private async Task<string> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Cancel);
        _calls = Math.Max(_calls, int.Parse(body, System.Globalization.CultureInfo.InvariantCulture));
        Functions.Answer = Answer(_calls + 1);
        return body;
    }
}
