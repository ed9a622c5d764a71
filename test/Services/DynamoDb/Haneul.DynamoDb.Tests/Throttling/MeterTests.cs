using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Metrics;
using Haneul.DynamoDb.Throttling;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Haneul.DynamoDb.Tests.Throttling;

public sealed class MeterTests
{
    private const uint Low = 0x1000_0000;
    private const uint High = 0xF000_0000;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));

    [Fact]
    public void Unused_units_are_kept_for_300_seconds()
    {
        var meter = Make(new MeterPlan(Provisioned: 10, Warm: 10, Maximum: null, Ranges: 8));
        Use(meter, Low, 600);
        _time.Advance(TimeSpan.FromSeconds(1));
        Use(meter, Low, 900);
        _time.Advance(TimeSpan.FromSeconds(1));
        Use(meter, Low, 900);
        _time.Advance(TimeSpan.FromSeconds(1));
        Use(meter, Low, 630);
        Assert.Equal("TableWriteProvisionedThroughputExceeded", Reason(meter.Check(High)));

        _time.Advance(TimeSpan.FromSeconds(1));
        Use(meter, Low, 1);
        _time.Advance(TimeSpan.FromHours(1));
        Use(meter, Low, 900);
        Use(meter, High, 900);
        Use(meter, 0x7000_0000, 900);
        Use(meter, 0x5000_0000, 300);
        Assert.Equal("TableWriteProvisionedThroughputExceeded", Reason(meter.Check(High)));
    }

    [Fact]
    public void A_hot_key_is_refused_although_the_table_has_units_left()
    {
        var meter = Make(new MeterPlan(Provisioned: 10_000, Warm: 10_000, Maximum: null, Ranges: 10));
        Use(meter, Low, 1_000);
        Assert.Equal("TableWriteKeyRangeThroughputExceeded", Reason(meter.Check(Low)));
        Assert.Equal(DynamoDbErrors.ProvisionedThroughputExceededException, meter.Check(Low)!.Shape);
        Assert.Null(meter.Check(High));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(meter.Check(Low));
    }

    [Fact]
    public void A_small_share_of_the_table_is_no_limit_for_a_partition()
    {
        // Two partitions of 600 units each: one of them may use 1,000 at once.
        var meter = Make(new MeterPlan(Provisioned: 1_200, Warm: 1_200, Maximum: null, Ranges: 2));
        Use(meter, Low, 999);
        Assert.Null(meter.Check(Low));
    }

    [Fact]
    public void Hot_keys_of_one_partition_get_partitions_of_their_own()
    {
        var meter = Make(new MeterPlan(Provisioned: 10_000, Warm: 10_000, Maximum: null, Ranges: 1));
        for (var second = 0; second < 90; second++)
        {
            // Both keys are in the first sixteenth of the ring.
            meter.Charge(0x0000_0001, 800);
            meter.Charge(0x0800_0001, 800);
            meter.Check(0x0000_0001);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        Use(meter, 0x0000_0001, 1_000);
        Assert.NotNull(meter.Check(0x0000_0001));
        Assert.Null(meter.Check(0x0800_0001));
    }

    [Fact]
    public void A_single_hot_key_is_not_helped_by_splitting()
    {
        var meter = Make(new MeterPlan(Provisioned: 40_000, Warm: 40_000, Maximum: null, Ranges: 1));
        for (var second = 0; second < 300; second++)
        {
            meter.Charge(Low, 2_000);
            meter.Check(Low);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("TableWriteKeyRangeThroughputExceeded", Reason(meter.Check(Low)));
    }

    [Fact]
    public void On_demand_takes_4000_at_first_and_twice_the_previous_peak_after_half_an_hour()
    {
        var meter = Make(new MeterPlan(Provisioned: null, Warm: 4_000, Maximum: null, Ranges: 4));
        Assert.Equal(4_000, UseAll(meter, ranges: 4));
        var refused = meter.Check(Low)!;
        Assert.Equal(DynamoDbErrors.ThrottlingException, refused.Shape);
        Assert.Equal("TableWriteKeyRangeThroughputExceeded", Reason(refused));

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(4_000, UseAll(meter, ranges: 4));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(8_000, UseAll(meter, ranges: 8));
        Assert.Equal(8_000, meter.Capacity);
    }

    [Fact]
    public void On_demand_never_takes_more_than_the_quota()
    {
        var meter = Make(new MeterPlan(Provisioned: null, Warm: 40_000, Maximum: null, Ranges: 40));
        Assert.Equal(40_000, UseAll(meter, ranges: 64, each: 625));
        var refused = meter.Check(Low)!;
        Assert.Equal(DynamoDbErrors.RequestLimitExceeded, refused.Shape);
        Assert.Equal("TableWriteAccountLimitExceeded", Reason(refused));
    }

    [Fact]
    public void The_owners_limit_holds_on_demand()
    {
        var meter = Make(new MeterPlan(Provisioned: null, Warm: 4_000, Maximum: 1, Ranges: 4));
        Use(meter, Low, 300);
        var refused = meter.Check(High)!;
        Assert.Equal(DynamoDbErrors.ThrottlingException, refused.Shape);
        Assert.Equal("Throughput exceeds the maximum OnDemandThroughput configured on table or index", refused.Message);
        Assert.Equal("TableWriteMaxOnDemandThroughputExceeded", Reason(refused));
    }

    [Fact]
    public void A_debt_is_paid_at_the_new_rate_when_throughput_is_raised()
    {
        var meter = Make(new MeterPlan(Provisioned: 1, Warm: 1, Maximum: null, Ranges: 1));
        Use(meter, Low, 400);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(meter.Check(Low));
        meter.Configure(new MeterPlan(Provisioned: 100, Warm: 100, Maximum: null, Ranges: 1));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(meter.Check(Low));
    }

    [Fact]
    public void A_peak_survives_in_its_stored_form()
    {
        var peak = new Peak(5_000, 7.5, _time.GetUtcNow());
        Assert.Equal(peak, Peak.Decode(peak.Encode()));
    }

    private static void Use(Meter meter, uint token, double units)
    {
        Assert.Null(meter.Check(token));
        meter.Charge(token, units);
    }

    // Takes what there is, spread evenly; returns how much that was.
    private static double UseAll(Meter meter, int ranges, double each = 1_000)
    {
        double used = 0;
        for (uint i = 0; i < ranges; i++)
        {
            var token = (uint)(((ulong)i << 32) / (ulong)ranges);
            if (meter.Check(token) is null)
            {
                meter.Charge(token, each);
                used += each;
            }
        }

        Assert.NotNull(meter.Check(High));
        return used;
    }

    private static string Reason(ServiceError? error) => error?.Details switch
    {
        ProvisionedThroughputExceededException details => details.ThrottlingReasons![0].Reason!,
        ThrottlingException details => details.ThrottlingReasons![0].Reason!,
        RequestLimitExceeded details => details.ThrottlingReasons![0].Reason!,
        _ => "",
    };

    private Meter Make(MeterPlan plan)
    {
        var metrics = new TableMetrics(
            new MetricReporter(new ServiceCollection().BuildServiceProvider(), _time, NullLogger<MetricReporter>.Instance),
            AccountId.Default, Region.Default, "tab");
        var meter = new Meter(
            _time, new MeteredView("arn:aws:dynamodb:us-east-1:000000000000:table/tab", IsIndex: false), write: true,
            new Peak(0, 0, _time.GetUtcNow()), new MeterMetrics(metrics, null, write: true));
        meter.Configure(plan);
        return meter;
    }
}
