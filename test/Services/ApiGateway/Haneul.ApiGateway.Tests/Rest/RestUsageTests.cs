using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>API keys, usage plans, and what is counted for them.</summary>
public sealed class RestUsageTests : IAsyncLifetime
{
    private RestServer _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await RestServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Api_keys_are_listed_by_the_beginning_of_their_names()
    {
        var first = await KeyAsync("test-one");
        _cloud.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await KeyAsync("test-two");
        Assert.Equal([second, first], await ListAsync(""));
        Assert.Equal([second, first], await ListAsync("?name=test"));
        Assert.Equal([first], await ListAsync("?name=test-o"));
        Assert.Empty(await ListAsync("?name=TEST"));
        Assert.Empty(await ListAsync("?name=one"));
        var page = await _cloud.GetAsync("/apikeys?limit=1");
        Assert.Equal([first], await ListAsync("?limit=1&position=" + page.GetProperty("position").GetString()));
        Assert.False(page.GetProperty("item")[0].TryGetProperty("value", out _));
        Assert.Equal(40, (await _cloud.GetAsync($"/apikeys/{first}?includeValue=true")).GetProperty("value").GetString()!.Length);

        async Task<string[]> ListAsync(string query) =>
            [.. (await _cloud.GetAsync("/apikeys" + query)).GetProperty("item").EnumerateArray().Select(key => key.GetProperty("id").GetString()!)];
    }

    [Theory]
    [InlineData("""{"value":"01234567890123456789"}""", null)]
    [InlineData("""{"value":"short"}""", "400 BadRequestException: API Key value should be at least 20 characters")]
    public async Task A_value_has_twenty_characters_and_more(string body, string? words)
    {
        if (words is null)
        {
            var key = await _cloud.PostAsync("/apikeys", body);
            Assert.Equal("[]", key.GetProperty("stageKeys").GetRawText());
            Assert.False(key.GetProperty("enabled").GetBoolean());
            words = "409 ConflictException: API Key already exists";
        }

        Assert.Equal(words, await _cloud.RefusedAsync(HttpMethod.Post, "/apikeys", body));
    }

    [Fact]
    public async Task An_api_keys_patches()
    {
        var key = await KeyAsync("a");
        var changed = await _cloud.PatchAsync($"/apikeys/{key}", "replace /name b", "replace /enabled whatever");
        Assert.Equal("b", changed.GetProperty("name").GetString());
        Assert.False(changed.GetProperty("enabled").GetBoolean());
        Assert.Equal("{}", changed.GetProperty("tags").GetRawText());
        Assert.Equal(
            "400 BadRequestException: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
            await _cloud.PatchRefusedAsync($"/apikeys/{key}", "replace /id x"));
    }

    [Fact]
    public async Task Keys_are_imported_from_a_file()
    {
        var plan = await PlanAsync("""{"name":"p"}""");
        var csv = $"Name,key,description,Enabled,usageplanIds\none,{new string('a', 20)},first,true,\"{plan},{plan}x\"\ntwo,{new string('b', 20)},\"a, b\",false,{plan}\n";
        var answer = await _cloud.PostAsync("/apikeys?mode=import&format=csv", csv);
        Assert.Equal(1, answer.GetProperty("ids").GetArrayLength());
        Assert.Equal("Unable to import API Key 'one': Invalid Usage Plan ID specified", answer.GetProperty("warnings")[0].GetString());
        var keys = (await _cloud.GetAsync($"/usageplans/{plan}/keys")).GetProperty("item");
        Assert.Equal("two", keys[0].GetProperty("name").GetString());
        Assert.Equal("a, b", (await _cloud.GetAsync($"/apikeys/{keys[0].GetProperty("id").GetString()}")).GetProperty("description").GetString());
        Assert.StartsWith(
            "404 NotFoundException: ", await _cloud.RefusedAsync(HttpMethod.Post, "/apikeys?mode=import&format=csv&failonwarnings=true", csv.Replace('b', 'c')),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_for_stages_that_are()
    {
        var (api, _, _) = await _cloud.DeployedApiAsync();
        await _cloud.DeployAsync(api, """{"stageName":"dev"}""");
        var created = await _cloud.PostAsync("/usageplans", $$"""{"name":"p","apiStages":[{"apiId":"{{api}}","stage":"dev"}]}""");
        Assert.False(created.TryGetProperty("tags", out _));
        var id = created.GetProperty("id").GetString();
        var path = $"/usageplans/{id}";
        var plan = await _cloud.PatchAsync(
            path, "replace /throttle/burstLimit 100", "replace /throttle/rateLimit 200", "replace /quota/limit 5000", "replace /quota/period MONTH");
        Assert.Equal("""{"limit":5000,"offset":0,"period":"MONTH"}""", plan.GetProperty("quota").GetRawText());
        Assert.Equal("""{"burstLimit":100,"rateLimit":200}""", plan.GetProperty("throttle").GetRawText());
        Assert.Equal("400 BadRequestException: Invalid API Stage specified", await _cloud.PatchRefusedAsync(path, "add /apiStages"));
        Assert.Equal("400 BadRequestException: Invalid API Stage specified", await _cloud.PatchRefusedAsync(path, "add /apiStages fakevalue"));
        Assert.Equal(
            $"404 NotFoundException: Invalid API Stage {{api: {api}, stage: fake}} specified for usageplan {id}",
            await _cloud.PatchRefusedAsync(path, $"add /apiStages {api}:fake"));
        Assert.Equal("404 NotFoundException: Invalid Usage Plan ID specified", await _cloud.PatchRefusedAsync("/usageplans/nope", $"add /apiStages {api}:dev"));
        plan = await _cloud.PatchAsync(
            path, $"replace /apiStages/{api}:dev/throttle//pets/GET/rateLimit 5", $"replace /apiStages/{api}:dev/throttle/~1pets~1GET/burstLimit 7");
        Assert.Equal(
            """{"/pets/GET":{"burstLimit":7,"rateLimit":5}}""", plan.GetProperty("apiStages")[0].GetProperty("throttle").GetRawText());
        Assert.StartsWith("400 BadRequestException: Cannot delete", await _cloud.RefusedAsync(HttpMethod.Delete, path), StringComparison.Ordinal);
        await _cloud.PatchAsync(path, $"remove /apiStages {api}:dev");
        await _cloud.DeleteAsync(path);
    }

    [Fact]
    public async Task A_key_finds_its_plan_until_it_leaves()
    {
        var (api, _, _) = await _cloud.DeployedApiAsync();
        await _cloud.DeployAsync(api, """{"stageName":"dev"}""");
        var body = $$"""{"name":"p","apiStages":[{"apiId":"{{api}}","stage":"dev"}]}""";
        var plan = await PlanAsync(body);
        var key = await _cloud.PostAsync("/apikeys", """{"name":"k","enabled":true}""");
        var id = key.GetProperty("id").GetString()!;
        var plans = _cloud.Services.GetRequiredService<KeyPlans>();
        Assert.Null(Find()!.For(api, "dev"));
        await AddAsync(plan, id);
        Assert.Equal(plan, Find()!.For(api, "dev")!.Id);
        Assert.Null(Find()!.For(api, "prod"));
        Assert.Null(plans.Find("111111111111", "us-east-1", key.GetProperty("value").GetString()!));
        await _cloud.PatchAsync($"/apikeys/{id}", "replace /enabled false");
        Assert.False(Find()!.Key.Enabled);
        var second = await PlanAsync(body);
        Assert.StartsWith(
            "409 ConflictException: ",
            await _cloud.RefusedAsync(HttpMethod.Post, $"/usageplans/{second}/keys", $$"""{"keyId":"{{id}}","keyType":"API_KEY"}"""), StringComparison.Ordinal);
        Assert.Equal(1, (await _cloud.GetAsync($"/usageplans?keyId={id}")).GetProperty("item").GetArrayLength());
        await _cloud.DeleteAsync($"/usageplans/{plan}/keys/{id}");
        Assert.Null(Find()!.For(api, "dev"));
        await _cloud.DeleteAsync($"/apikeys/{id}");
        Assert.Null(Find());

        KeyPlan? Find() => plans.Find("000000000000", "us-east-1", key.GetProperty("value").GetString()!);
    }

    [Fact]
    public async Task A_quota_holds_for_its_period_and_can_be_extended()
    {
        var plan = await PlanAsync("""{"name":"p","quota":{"limit":3,"period":"DAY"} }""");
        var key = await KeyAsync("k");
        await AddAsync(plan, key);
        var meter = _cloud.Services.GetRequiredService<UsageMeter>();
        var facts = new UsagePlan { Id = plan, Quota = new QuotaSettings { Limit = 3, Period = "DAY" } };
        Assert.Equal("1110", await TakeAsync(4));
        var day = _cloud.Time.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var usage = await _cloud.GetAsync($"/usageplans/{plan}/usage?startDate={day}&endDate={day}");
        Assert.Equal("[[3,0]]", usage.GetProperty("values").GetProperty(key).GetRawText());
        var updated = await _cloud.PatchAsync($"/usageplans/{plan}/keys/{key}/usage", "replace /remaining 2");
        Assert.Equal("[[3,2]]", updated.GetProperty("values").GetProperty(key).GetRawText());
        Assert.Equal("110", await TakeAsync(3));

        // What was stored is found again by a meter that has counted nothing.
        await meter.FlushAsync();
        using var fresh = new UsageMeter(_cloud.Services.GetRequiredService<ApiGateway.Rest.RestTable>(), _cloud.Time);
        Assert.False(await fresh.TakeAsync("000000000000", "us-east-1", facts, key));
        _cloud.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("1110", await TakeAsync(4));

        async Task<string> TakeAsync(int count)
        {
            var taken = "";
            for (var i = 0; i < count; i++)
            {
                taken += await meter.TakeAsync("000000000000", "us-east-1", facts, key) ? 1 : 0;
            }

            return taken;
        }
    }

    [Theory]
    [InlineData("DAY", 0, "2026-03-04", "2026-03-04")]
    [InlineData("WEEK", 0, "2026-03-04", "2026-03-01")]
    [InlineData("WEEK", 4, "2026-03-04", "2026-02-26")]
    [InlineData("MONTH", 0, "2026-03-04", "2026-03-01")]
    [InlineData("MONTH", 9, "2026-03-04", "2026-02-10")]
    public void A_period_begins_on_its_day(string period, int offset, string day, string start) => Assert.Equal(
        DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        QuotaPeriod.Start(
            new QuotaSettings { Limit = 1, Period = period, Offset = offset }, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    private async Task<string> KeyAsync(string name) =>
        (await _cloud.PostAsync("/apikeys", JsonSerializer.Serialize(new { name }))).GetProperty("id").GetString()!;

    private async Task<string> PlanAsync(string body) => (await _cloud.PostAsync("/usageplans", body)).GetProperty("id").GetString()!;

    private Task<JsonElement> AddAsync(string plan, string key) =>
        _cloud.PostAsync($"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
}
