using CsCheck;
using Haneul.CloudWatch.Metrics;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;

namespace Haneul.CloudWatch.Tests;

/// <summary>What is on disk, byte for byte, and what a distribution promises.</summary>
public sealed class StorageTests
{
    [Fact]
    public void Keys_stay_as_they_are()
    {
        Assert.Equal("cloudwatch/000000000000/us-east-1", CloudWatchKeyspace.Partition(AccountId.Default, Region.Default).ToString());
        Assert.Equal("02610001620001640001760001", Hex(CloudWatchKeyspace.SeriesKey(MetricId.Of("a", "b", [new MetricDimension("d", "v")]))));
        Assert.Equal("0300000000000000070100000102" + "03", Hex(CloudWatchKeyspace.Point(7, 1, 0x0102, 3)));
        Assert.Equal("04610001", Hex(CloudWatchKeyspace.Key(CloudWatchKeyspace.Alarms, "a")));
        Assert.Equal("0561000180000000000000050000000000000009", Hex(CloudWatchKeyspace.HistoryKey("a", new DateTimeOffset(5, TimeSpan.Zero), 9)));
    }

    [Fact]
    public void Records_stay_as_they_are()
    {
        var values = new MetricSummary(distribution: true);
        values.Add(1);
        values.Add(2, 3);
        Assert.Equal(
            "0101" + "4010000000000000" + "401C000000000000" + "3FF0000000000000" + "4000000000000000"
            + "02" + "80FF07" + "02" + "3FF0000000000000" + "8001" + "06" + "4018000000000000",
            Hex(PointRecord.Encode(values)));
        Assert.Equal("01000000000000000700000000000003E8", Hex(new SeriesRecord(7, 1000).Encode()));
        Assert.Equal(0x04, Units.Number("Bytes"));
        Assert.Equal(26, Units.Number("Count/Second"));
    }

    [Fact]
    public void Points_are_read_as_they_were_written() => Values.Sample(values =>
    {
        var summary = Summary(values);
        var read = PointRecord.Decode(PointRecord.Encode(summary));
        Assert.Equal((summary.Count, summary.Sum, summary.Minimum, summary.Maximum), (read.Count, read.Sum, read.Minimum, read.Maximum));
        foreach (var percentile in (string[])["p0", "p10", "p50", "p99.9", "p100", "tm95", "TC(-1:1)", "PR(:5)"])
        {
            Assert.Equal(MetricStatistic.TryParse(percentile)!.Of(summary), MetricStatistic.TryParse(percentile)!.Of(read));
        }
    });

    [Fact]
    public void Percentiles_are_wrong_by_less_than_they_may_be() => Values.Sample(values =>
    {
        var sorted = values.Order().ToArray();
        foreach (var percent in (int[])[0, 1, 25, 50, 90, 99, 100])
        {
            var exact = sorted[Math.Max(0, (int)Math.Ceiling(percent / 100d * sorted.Length) - 1)];
            var found = MetricStatistic.TryParse("p" + percent)!.Of(Summary(values))!.Value;
            Assert.True(Math.Abs(found - exact) <= Math.Abs(exact) / 64, $"p{percent}: {found} for {exact}");
        }
    });

    [Theory]
    [InlineData("p101")]
    [InlineData("p")]
    [InlineData("tm(1:2)")]
    [InlineData("TM(10%:5)")]
    [InlineData("TM(:)")]
    [InlineData("TM(90%:10%)")]
    [InlineData("PR(10%:90%)")]
    [InlineData("pr50")]
    [InlineData("Median")]
    public void What_is_no_statistic_is_none(string text) => Assert.Null(MetricStatistic.TryParse(text));

    [Theory]
    [InlineData("TM(10%:90%)", 5.5)]
    [InlineData("tm90", 5)]
    [InlineData("TM(2:9)", 6)]
    [InlineData("WM(10%:90%)", 5.5)]
    [InlineData("TC(2:9)", 7)]
    [InlineData("TS(2:9)", 42)]
    [InlineData("PR(:3)", 30)]
    [InlineData("PR(3:)", 70)]
    [InlineData("IQM", 5.5)]
    public void Parts_of_the_values_have_statistics(string text, double expected) =>
        Assert.Equal(expected, MetricStatistic.TryParse(text)!.Of(Summary([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))!.Value, 10);

    [Fact]
    public async Task Accumulators_lose_nothing_between_threads()
    {
        var accumulator = new MetricAccumulator(distribution: true);
        var taken = new MetricSummary(distribution: true);
        var adding = Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                accumulator.Add(i);
            }
        })));
        while (!adding.IsCompleted)
        {
            taken.Add(accumulator.Take() ?? new MetricSummary(distribution: true));
        }

        await adding;
        taken.Add(accumulator.Take() ?? new MetricSummary(distribution: true));
        Assert.Equal((40_000, 4 * 49_995_000d, 0, 9_999), (taken.Count, taken.Sum, taken.Minimum, taken.Maximum));
        Assert.Equal(40_000, taken.Distribution!.Buckets.ToArray().Sum(bucket => bucket.Count));
        Assert.Null(accumulator.Take());
    }

    private static Gen<double[]> Values { get; } = Gen.OneOf(Gen.Double[-1000, 1000], Gen.Double[0, 1e-3], Gen.Int[-5, 5].Select(value => (double)value)).Array[1, 60];

    private static MetricSummary Summary(double[] values)
    {
        var summary = new MetricSummary(distribution: true);
        foreach (var value in values)
        {
            summary.Add(value);
        }

        return summary;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
