using System.Formats.Cbor;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Haneul.CloudWatch.Metrics;
using Haneul.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.CloudWatch.Tests;

/// <summary>Putting and reading metrics over HTTP.</summary>
public sealed class MetricsApiTests : CloudWatchFixture
{
    private const string Day = """ "StartTime":1749950000,"EndTime":1750036400,"Period":86400 """;

    [Fact]
    public async Task Values_and_counts_become_statistics()
    {
        await CallAsync("PutMetricData", """{"Namespace":"N","MetricData":[{"MetricName":"m","Unit":"Count","Values":[1.0,6.0,10.0],"Counts":[2,1,3]}]}""");
        var answer = await CallAsync(
            "GetMetricStatistics",
            $$"""{"Namespace":"N","MetricName":"m",{{Day}},"Statistics":["SampleCount","Sum","Maximum","Minimum","Average"],"ExtendedStatistics":["p50","tm90","TC(:6)"]}""");
        Assert.Equal("m", answer.GetProperty("Label").GetString());
        var point = Assert.Single(answer.GetProperty("Datapoints").EnumerateArray());
        Assert.Equal(6, point.GetProperty("SampleCount").GetDouble());
        Assert.Equal(38, point.GetProperty("Sum").GetDouble());
        Assert.Equal(10, point.GetProperty("Maximum").GetDouble());
        Assert.Equal(1, point.GetProperty("Minimum").GetDouble());
        Assert.Equal(38 / 6d, point.GetProperty("Average").GetDouble(), 10);
        Assert.Equal("Count", point.GetProperty("Unit").GetString());
        Assert.Equal(6, point.GetProperty("ExtendedStatistics").GetProperty("p50").GetDouble());
        Assert.Equal(3, point.GetProperty("ExtendedStatistics").GetProperty("TC(:6)").GetDouble());
        Assert.Equal(32 / 5.4, point.GetProperty("ExtendedStatistics").GetProperty("tm90").GetDouble(), 10);
    }

    [Fact]
    public async Task Units_are_told_apart_in_statistics_and_reported_in_data()
    {
        foreach (var (unit, value) in new[] { ("Seconds", 1), ("Count", 5), ("None", 10) })
        {
            await CallAsync("PutMetricData", $$"""{"Namespace":"N","MetricData":[{"MetricName":"m","Unit":"{{unit}}","Value":{{value}}}]}""");
        }

        var answer = await CallAsync("GetMetricStatistics", $$"""{"Namespace":"N","MetricName":"m",{{Day}},"Statistics":["Average"]}""");
        Assert.Equal(["Count 5", "None 10", "Seconds 1"], answer.GetProperty("Datapoints").EnumerateArray()
            .Select(point => $"{point.GetProperty("Unit")} {point.GetProperty("Average")}").Order());
        var one = await CallAsync("GetMetricStatistics", $$"""{"Namespace":"N","MetricName":"m",{{Day}},"Statistics":["Average"],"Unit":"Count"}""");
        Assert.Equal(5, Assert.Single(one.GetProperty("Datapoints").EnumerateArray()).GetProperty("Average").GetDouble());
        var data = await CallAsync("GetMetricData", $$"""{"StartTime":{{Now - 60}},"EndTime":{{Now + 60}},"MetricDataQueries":[{{Stat("a", "Sum", data: true)}}]}""");
        var result = data.GetProperty("MetricDataResults")[0];
        Assert.Equal(16, result.GetProperty("Values")[0].GetDouble());
        Assert.Equal("Multiple units returned: '[Count, None, Seconds]'", result.GetProperty("Messages")[0].GetProperty("Value").GetString());
    }

    [Fact]
    public async Task Many_writers_of_one_point_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => PutAsync([i])));
        var values = await QueryAsync(Stat("a", "SampleCount", data: true), Now - 60, Now + 60);
        Assert.Equal([64], values);
        Assert.Equal([63 * 32], await QueryAsync(Stat("a", "Sum", data: true), Now - 60, Now + 60));
    }

    [Fact]
    public async Task Data_without_dimensions_and_data_with_them_are_different_series()
    {
        await PutAsync([1]);
        await PutAsync([2], more: ""","Dimensions":[{"Name":"b","Value":"1"},{"Name":"a","Value":"2"}]""");
        Assert.Equal([1], await QueryAsync(Stat("a", "Sum", data: true), Now - 60, Now + 60));
        var metrics = (await CallAsync("ListMetrics", """{"Namespace":"N","Dimensions":[{"Name":"a"}]}""")).GetProperty("Metrics");
        Assert.Equal("a", Assert.Single(metrics.EnumerateArray()).GetProperty("Dimensions")[0].GetProperty("Name").GetString());
    }

    [Fact]
    public async Task Metrics_are_listed_while_they_report()
    {
        await PutAsync([1], name: "old");
        Time.Advance(TimeSpan.FromHours(4));
        await PutAsync([1], at: Now + 4 * 3600, name: "new");
        Assert.Equal(["new", "old"], await NamesAsync("{}"));
        Assert.Equal(["new"], await NamesAsync("""{"RecentlyActive":"PT3H"}"""));
        Time.Advance(TimeSpan.FromDays(14) - TimeSpan.FromHours(1));
        Assert.Equal(["new"], await NamesAsync("{}"));

        async Task<IEnumerable<string?>> NamesAsync(string input) =>
            (await CallAsync("ListMetrics", input)).GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("MetricName").GetString());
    }

    [Fact]
    public async Task Metrics_are_listed_in_pages_of_500()
    {
        var data = string.Join(',', Enumerable.Range(0, 501).Select(i => $$"""{"MetricName":"m{{i:000}}","Value":1}"""));
        await CallAsync("PutMetricData", $$"""{"Namespace":"N","MetricData":[{{data}}]}""");
        var page = await CallAsync("ListMetrics", "{}");
        Assert.Equal(500, page.GetProperty("Metrics").GetArrayLength());
        var rest = await CallAsync("ListMetrics", $$"""{"NextToken":"{{page.GetProperty("NextToken").GetString()}}"}""");
        Assert.Equal("m500", Assert.Single(rest.GetProperty("Metrics").EnumerateArray()).GetProperty("MetricName").GetString());
        Assert.False(rest.TryGetProperty("NextToken", out _));
    }

    [Fact]
    public async Task Old_points_become_coarser_and_are_forgotten()
    {
        var trim = Server.Services.GetRequiredService<MetricTrimLoop>();
        var minute = Now / 300 * 300;
        await PutAsync([1], at: minute);
        await PutAsync([2], at: minute + 60);
        await PutAsync([5], at: minute + 1, more: ""","StorageResolution":1""");
        Assert.Equal([1, 5], await QueryAsync(Stat("a", "Sum", period: 1, data: true), minute, minute + 10));

        Time.Advance(TimeSpan.FromHours(4));
        await trim.RunOnceAsync(Cancel);
        Assert.Equal([6, 2], await QueryAsync(Stat("a", "Sum", data: true), minute, minute + 300));

        Time.Advance(TimeSpan.FromDays(16));
        await trim.RunOnceAsync(Cancel);
        Assert.Empty(await QueryAsync(Stat("a", "Sum", data: true), minute, minute + 300));
        Assert.Equal([8], await QueryAsync(Stat("a", "Sum", period: 300, data: true), minute, minute + 300));
        Assert.Equal([5], await QueryAsync(Stat("a", "p100", period: 300, data: true), minute, minute + 300));

        Time.Advance(TimeSpan.FromDays(60));
        await trim.RunOnceAsync(Cancel);
        Assert.Equal([8], await QueryAsync(Stat("a", "Sum", period: 3600, data: true), minute, minute + 3600));

        Time.Advance(TimeSpan.FromDays(400));
        await trim.RunOnceAsync(Cancel);
        Assert.Empty(await QueryAsync(Stat("a", "Sum", period: 3600, data: true), minute, minute + 3600));
        await PutAsync([9], at: Time.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal([9], await QueryAsync(Stat("a", "Sum", data: true), Time.GetUtcNow().ToUnixTimeSeconds() - 60, Time.GetUtcNow().ToUnixTimeSeconds() + 1));
    }

    [Fact]
    public async Task Statistic_sets_add_up_and_know_no_percentiles()
    {
        await PutAsync([1, 2]);
        await CallAsync(
            "PutMetricData",
            """{"Namespace":"N","MetricData":[{"MetricName":"m","Timestamp":1750000000,"StatisticValues":{"SampleCount":3,"Sum":30,"Minimum":5,"Maximum":15}}]}""");
        Assert.Equal([33], await QueryAsync(Stat("a", "Sum", data: true), Now - 60, Now + 60));
        Assert.Equal([15], await QueryAsync(Stat("a", "Maximum", data: true), Now - 60, Now + 60));
        Assert.Empty(await QueryAsync(Stat("a", "p50", data: true), Now - 60, Now + 60));
    }

    [Fact]
    public async Task Compressed_bodies_are_read()
    {
        var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":7}]}"""u8.ToArray(), Cancel);
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(200, (await SendAsync("PutMetricData", content)).Status);
        Assert.Equal([7], await QueryAsync(Stat("a", "Sum", data: true), Now - 60, Now + 60));

        content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal("SerializationException", (await SendAsync("PutMetricData", content)).Body.GetProperty("__type").GetString()!.Split('#')[^1]);
    }

    [Fact]
    public async Task Cbor_is_spoken_as_new_clients_speak_it()
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteTextString("Namespace");
        cbor.WriteTextString("N");
        cbor.WriteTextString("MetricData");
        cbor.WriteStartArray(1);
        cbor.WriteStartMap(2);
        cbor.WriteTextString("MetricName");
        cbor.WriteTextString("m");
        cbor.WriteTextString("Value");
        cbor.WriteDouble(4.5);
        cbor.WriteEndMap();
        cbor.WriteEndArray();
        cbor.WriteEndMap();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Url, "/service/GraniteServiceVersion20100801/operation/PutMetricData"))
        {
            Content = new ByteArrayContent(cbor.Encode()),
        };
        request.Content.Headers.ContentType = new("application/cbor");
        request.Headers.Add("smithy-protocol", "rpc-v2-cbor");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20250615/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(request, Cancel);
        Assert.Equal("rpc-v2-cbor", response.Headers.GetValues("smithy-protocol").Single());
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Cancel)));
        Assert.Equal([4.5], await QueryAsync(Stat("a", "Sum", data: true), Now - 60, Now + 60));
    }

    [Theory]
    [InlineData("""{"Namespace":"AWS/EC2","MetricData":[{"MetricName":"m","Value":1}]}""", "InvalidParameterValueException", "The value AWS/ for parameter Namespace is invalid.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1,"Values":[1]}]}""", "InvalidParameterCombinationException",
        "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Values":[1,2],"Counts":[1]}]}""", "InvalidParameterValueException",
        "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1,"StatisticValues":{"SampleCount":1,"Sum":1,"Minimum":1,"Maximum":1}}]}""", "InvalidParameterCombinationException",
        "The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":"NaN"}]}""", "InvalidParameterValueException", "The value NaN for parameter MetricData.member.1.Value is invalid.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1e200}]}""", "InvalidParameterValueException", "The value 1E+200 for parameter MetricData.member.1.Value is invalid.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1,"Timestamp":1748700000}]}""", "InvalidParameterValueException",
        "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.")]
    [InlineData("""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1,"Timestamp":1750010000}]}""", "InvalidParameterValueException",
        "The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.")]
    [InlineData("""{"Namespace":"N","EntityMetricData":[{"MetricData":[{"MetricName":"m","Value":1}]}]}""", "InvalidParameterValueException",
        "Haneul does not support EntityMetricData of PutMetricData yet.")]
    public async Task Bad_data_are_refused_in_the_words_of_aws(string input, string code, string message)
    {
        var (status, body) = await SendAsync("PutMetricData", input);
        Assert.Equal(400, status);
        Assert.Equal("com.amazonaws.cloudwatch.v2010_08_01#" + code, body.GetProperty("__type").GetString());
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(1_749_913_600, 1_750_000_000, 1, "InvalidParameterCombinationException",
        "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.")]
    [InlineData(1_750_000_000, 1_750_000_000, 60, "InvalidParameterValueException", "The parameter StartTime must be less than the parameter EndTime.")]
    public async Task Bad_ranges_are_refused_in_the_words_of_aws(long start, long end, int period, string code, string message)
    {
        var (_, body) = await SendAsync(
            "GetMetricStatistics", $$"""{"Namespace":"N","MetricName":"m","StartTime":{{start}},"EndTime":{{end}},"Period":{{period}},"Statistics":["Sum"]}""");
        Assert.Equal("com.amazonaws.cloudwatch.v2010_08_01#" + code, body.GetProperty("__type").GetString());
        Assert.Equal(message, body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_aws_cli_speaks_the_query_protocol()
    {
        var clients = new OfficialClients(Server.Url);
        await clients.AwsAsync(Cancel, "cloudwatch", "put-metric-data", "--namespace", "N", "--metric-name", "m", "--value", "3", "--dimensions", "a=b");
        var answer = await clients.AwsAsync(
            Cancel, "cloudwatch", "get-metric-statistics", "--namespace", "N", "--metric-name", "m", "--dimensions", "Name=a,Value=b", "--period", "60",
            "--start-time", "2025-06-15T15:00:00Z", "--end-time", "2025-06-15T16:00:00Z", "--statistics", "Sum", "--extended-statistics", "p99");
        Assert.Equal(3, answer.GetProperty("Datapoints")[0].GetProperty("Sum").GetDouble());
        Assert.Equal(3, answer.GetProperty("Datapoints")[0].GetProperty("ExtendedStatistics").GetProperty("p99").GetDouble());
        var refused = await clients.AwsRefusedAsync(Cancel, "cloudwatch", "put-metric-data", "--namespace", "AWS/X", "--metric-name", "m", "--value", "3");
        Assert.Contains("(InvalidParameterValue)", refused, StringComparison.Ordinal);
        Assert.Contains(
            "(NotImplemented)", await clients.AwsRefusedAsync(Cancel, "cloudwatch", "describe-anomaly-detectors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boto3_sends_compressed_data_and_reads_them_back()
    {
        var output = await new OfficialClients(Server.Url).PythonAsync(
            """
            import boto3, os, json, datetime
            client = boto3.client('cloudwatch', endpoint_url=os.environ['ENDPOINT'])
            client.put_metric_data(Namespace='N', MetricData=[{'MetricName': 'm' + str(i % 2), 'Value': i, 'Unit': 'Count'} for i in range(400)])
            at = datetime.datetime(2025, 6, 15, 15, 0, tzinfo=datetime.timezone.utc)
            answer = client.get_metric_data(StartTime=at, EndTime=at + datetime.timedelta(hours=1), MetricDataQueries=[
                {'Id': 'a', 'MetricStat': {'Metric': {'Namespace': 'N', 'MetricName': 'm0'}, 'Period': 60, 'Stat': 'Sum'}, 'ReturnData': False},
                {'Id': 'b', 'MetricStat': {'Metric': {'Namespace': 'N', 'MetricName': 'm1'}, 'Period': 60, 'Stat': 'Sum'}, 'ReturnData': False},
                {'Id': 'e', 'Expression': 'b - a'}])
            print(json.dumps([r['Values'] for r in answer['MetricDataResults']]))
            """,
            Cancel);
        Assert.Equal(200, JsonDocument.Parse(output).RootElement[0][0].GetDouble());
    }
}
