using Haneul.Testing.Clients;

namespace Haneul.CloudWatch.Tests;

public sealed class DashboardsApiTests : CloudWatchFixture
{
    private const string Body = """{\"widgets\":[{\"type\":\"metric\",\"x\":0,\"y\":0,\"width\":6,\"height\":6,\"properties\":{\"metrics\":[[\"N\",\"m\"]],\"region\":\"us-east-1\"}}]}""";

    [Fact]
    public async Task A_dashboard_is_put_read_listed_and_deleted()
    {
        Assert.Equal(0, (await PutAsync("d", Body)).GetProperty("DashboardValidationMessages").GetArrayLength());
        await PutAsync("e", """{\"widgets\":[]}""");
        var read = await CallAsync("GetDashboard", """{"DashboardName":"d"}""");
        Assert.Equal("arn:aws:cloudwatch::000000000000:dashboard/d", read.GetProperty("DashboardArn").GetString());
        Assert.Equal(Body.Replace("\\", "", StringComparison.Ordinal), read.GetProperty("DashboardBody").GetString());
        var entry = Assert.Single((await CallAsync("ListDashboards", """{"DashboardNamePrefix":"d"}""")).GetProperty("DashboardEntries").EnumerateArray());
        Assert.Equal(Body.Replace("\\", "", StringComparison.Ordinal).Length, entry.GetProperty("Size").GetInt64());
        var (status, body) = await SendAsync("DeleteDashboards", """{"DashboardNames":["d","no"]}""");
        Assert.Equal((404, "Dashboard no does not exist"), (status, body.GetProperty("message").GetString()));
        await CallAsync("DeleteDashboards", """{"DashboardNames":["d","e"]}""");
        Assert.Empty((await CallAsync("ListDashboards", "{}")).GetProperty("DashboardEntries").EnumerateArray());
    }

    [Theory]
    [InlineData("nonsense", "", "The field DashboardBody must be a valid JSON object")]
    [InlineData("{}", "", "Should have required property 'widgets'")]
    [InlineData("""{\"widgets\":[{\"properties\":{}}]}""", "/widgets/0", "Should have required property 'type'")]
    [InlineData("""{\"widgets\":[{\"type\":\"text\",\"width\":25,\"properties\":{\"markdown\":\"\"}}]}""", "/widgets/0/width", "Should be an integer >= 1 and <= 24")]
    public async Task Bodies_are_looked_at(string dashboard, string path, string message)
    {
        var (status, body) = await SendAsync("PutDashboard", $$"""{"DashboardName":"d","DashboardBody":"{{dashboard}}"}""");
        Assert.Equal(400, status);
        Assert.EndsWith("#DashboardInvalidInputError", body.GetProperty("__type").GetString(), StringComparison.Ordinal);
        var first = body.GetProperty("dashboardValidationMessages")[0];
        Assert.Equal((path, message), (first.GetProperty("DataPath").GetString(), first.GetProperty("Message").GetString()));
    }

    [Fact]
    public async Task What_is_only_doubtful_is_stored_with_a_warning()
    {
        var answer = await PutAsync("d", """{\"widgets\":[{\"type\":\"metric\",\"properties\":{\"metrics\":[]}}]}""");
        Assert.Equal("/widgets/0/properties", answer.GetProperty("DashboardValidationMessages")[0].GetProperty("DataPath").GetString());
        await CallAsync("GetDashboard", """{"DashboardName":"d"}""");
    }

    [Fact]
    public async Task Names_have_few_signs()
    {
        var (_, body) = await SendAsync("PutDashboard", """{"DashboardName":"no way","DashboardBody":"{}"}""");
        Assert.Equal(
            "The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n",
            body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_aws_cli_reads_dashboards()
    {
        await PutAsync("d", Body);
        var answer = await new OfficialClients(Server.Url).AwsAsync(Cancel, "cloudwatch", "get-dashboard", "--dashboard-name", "d");
        Assert.StartsWith("{\"widgets\"", answer.GetProperty("DashboardBody").GetString(), StringComparison.Ordinal);
    }

    private Task<System.Text.Json.JsonElement> PutAsync(string name, string body) =>
        CallAsync("PutDashboard", $$"""{"DashboardName":"{{name}}","DashboardBody":"{{body}}"}""");
}
