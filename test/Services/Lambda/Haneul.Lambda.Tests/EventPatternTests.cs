using System.Text;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Integration.Patterns;
using Haneul.Lambda.EventSources;

namespace Haneul.Lambda.Tests;

/// <summary>Filters of event source mappings, and what functions report of a batch.</summary>
public sealed class EventPatternTests
{
    private const string Event = """
        {"eventName":"INSERT","n":5,"ok":true,"nothing":null,"empty":"","tags":["x","y"],"dynamodb":{"NewImage":{"id":{"S":"us-1-a"},"age":{"N":"42"}}}}
        """;

    [Theory]
    [InlineData("""{"eventName":["INSERT","REMOVE"]}""", true)]
    [InlineData("""{"eventName":["MODIFY"]}""", false)]
    [InlineData("""{"n":[5.0]}""", true)]
    [InlineData("""{"n":["5"]}""", false)]
    [InlineData("""{"ok":[true],"nothing":[null],"empty":[""]}""", true)]
    [InlineData("""{"tags":["y"]}""", true)]
    [InlineData("""{"tags":["z"]}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"id":{"S":[{"prefix":"us-"}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"id":{"S":[{"suffix":"-b"}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"NewImage":{"id":{"S":[{"prefix":{"equals-ignore-case":"US-"}}]}}}}""", true)]
    [InlineData("""{"eventName":[{"equals-ignore-case":"insert"}]}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"age":{"N":[{"numeric":[">",0,"<=",42]}]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"age":{"N":[{"numeric":[">",42]}]}}}}""", false)]
    [InlineData("""{"n":[{"numeric":["=",5]}]}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"age":{"N":[{"exists":true}]},"none":[{"exists":false}]}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"age":[{"exists":false}]}}}""", true)]
    [InlineData("""{"none":{"deeper":["x"]}}""", false)]
    [InlineData("""{"none":{"deeper":[{"exists":false}]}}""", true)]
    [InlineData("""{"eventName":[{"anything-but":["MODIFY","REMOVE"]}]}""", true)]
    [InlineData("""{"eventName":[{"anything-but":"INSERT"}]}""", false)]
    [InlineData("""{"eventName":[{"anything-but":{"prefix":"INS"}}]}""", false)]
    [InlineData("""{"none":[{"anything-but":"x"}]}""", false)]
    [InlineData("""{"$or":[{"eventName":["MODIFY"]},{"n":[5]}]}""", true)]
    [InlineData("""{"$or":[{"eventName":["MODIFY"]},{"n":[6]}]}""", false)]
    public void A_pattern_matches_as_its_rules_say(string pattern, bool matches)
    {
        Assert.True(EventPattern.TryParse(pattern, numbersInTexts: true, out var parsed));
        Assert.Equal(matches, parsed.Matches(JsonDocument.Parse(Event).RootElement));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("[1]")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":[["x"]]}""")]
    [InlineData("""{"a":[{"like":"x"}]}""")]
    [InlineData("""{"a":[{"prefix":1}]}""")]
    [InlineData("""{"a":[{"numeric":[">"]}]}""")]
    [InlineData("""{"a":[{"numeric":[1,2]}]}""")]
    [InlineData("""{"a":[{"exists":"x"}]}""")]
    [InlineData("""{"eventName": ["INSERT"=123}""")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.False(EventPattern.TryParse(pattern, numbersInTexts: true, out _));

    [Fact]
    public void Numbers_in_texts_count_only_where_they_are_asked_for()
    {
        Assert.True(EventPattern.TryParse("""{"dynamodb":{"NewImage":{"age":{"N":[{"numeric":["=",42]}]}}}}""", numbersInTexts: false, out var pattern));
        Assert.False(pattern.Matches(JsonDocument.Parse(Event).RootElement));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("""{"batchItemFailures":null}""", null)]
    [InlineData("""{"batchItemFailures":[]}""", null)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"2"}]}""", 1)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", 0)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", 0)]
    [InlineData("""{"batchItemFailures":[{"foo":"2"}]}""", 0)]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"9"}]}""", 0)]
    [InlineData("""{"batchItemFailures":["2"]}""", 0)]
    public void A_report_names_the_first_record_that_failed(string report, int? first)
    {
        StreamedRecord[] records = [.. new[] { "1", "2", "3" }.Select(number => new StreamedRecord(number, default, default))];
        Assert.Equal(first, BatchReport.FirstFailure(Encoding.UTF8.GetBytes(report), records));
    }

    [Fact]
    public void Batches_are_cut_by_number_and_by_size()
    {
        var large = new byte[2_500_000];
        List<StreamedRecord> records = [.. Enumerable.Range(0, 5).Select(number => new StreamedRecord($"{number}", default, large))];
        Assert.Equal([2, 2, 1], BatchDelivery.Slice(records, 100).Select(batch => batch.Count));
        Assert.Equal([1, 1, 1, 1, 1], BatchDelivery.Slice(records, 1).Select(batch => batch.Count));
    }
}
