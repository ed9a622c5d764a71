using System.Globalization;
using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Throttling;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// The rules for how much throughput tables and indexes get, provisioned, on demand and warm.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"/>
/// </summary>
internal static class TableThroughput
{
    /// <summary>All tables of an account and region together.</summary>
    public const long AccountQuota = 80_000;

    private const long MaxUnits = 1_000_000_000_000;
    private const string Guide = "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

    /// <summary>What a table was made ready for.</summary>
    public static UnitsRecord WarmOf(this TableRecord table) => Warm(table.Warm, table.PayPerRequest, table.Throughput);

    /// <summary>What an index was made ready for.</summary>
    public static UnitsRecord WarmOf(this IndexRecord index, bool payPerRequest) => Warm(index.Warm, payPerRequest, index.Throughput);

    /// <summary>Notes what a table and its indexes are ready for now: that never becomes less.</summary>
    public static TableRecord Warmed(this TableRecord table) => table with
    {
        Warm = table.WarmOf(),
        Indexes = [.. table.Indexes.Select(index => index.Local ? index : index with { Warm = index.WarmOf(table.PayPerRequest) })],
    };

    /// <summary>The throughput of a table or index under a billing mode.</summary>
    public static ThroughputRecord Provisioned(ProvisionedThroughput? given, bool payPerRequest, string? index)
    {
        if (payPerRequest)
        {
            DynamoErrors.ThrowIf(given is not null, DynamoErrors.Parameters + (index is null
                ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
                : $"ProvisionedThroughput should not be specified for index: {index} when BillingMode is PAY_PER_REQUEST"));
            return new ThroughputRecord(0, 0);
        }

        DynamoErrors.ThrowIf(given is null, DynamoErrors.Parameters + (index is null
            ? "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
            : $"ProvisionedThroughput must be specified for index: {index}"));
        CheckUnits(given!.ReadCapacityUnits, "ReadCapacityUnits");
        CheckUnits(given.WriteCapacityUnits, "WriteCapacityUnits");
        return new ThroughputRecord(given.ReadCapacityUnits ?? 0, given.WriteCapacityUnits ?? 0);
    }

    /// <summary>The owner's limits on demand: those given take the place of the current ones, and -1 takes one away.</summary>
    /// <param name="given">As the request has it.</param>
    /// <param name="current">Those of an existing table or index; null for a new one.</param>
    /// <param name="payPerRequest">The billing mode from now on.</param>
    /// <param name="isNew">Whether the table is being created.</param>
    /// <param name="index">The index, or null for the table.</param>
    /// <param name="region">Where.</param>
    public static UnitsRecord? OnDemand(
        OnDemandThroughput? given, UnitsRecord? current, bool payPerRequest, bool isNew, string? index, Region region)
    {
        if (given is null || given is { MaxReadRequestUnits: null, MaxWriteRequestUnits: null })
        {
            return current;
        }

        if (!payPerRequest)
        {
            var member = given.MaxReadRequestUnits is null ? "MaxWriteRequestUnits" : "MaxReadRequestUnits";
            DynamoErrors.Throw(
                $"{DynamoErrors.Parameters}{member} for OnDemandThroughput cannot be specified when "
                + (isNew ? "table BillingMode is PROVISIONED." : "the table BillingMode is PROVISIONED"));
        }

        var owner = index is null ? "table" : $"index : {index}";
        var units = new UnitsRecord(
            Limit(given.MaxReadRequestUnits, current?.Read, isNew, "Read", owner, region),
            Limit(given.MaxWriteRequestUnits, current?.Write, isNew, "Write", owner, region));
        return units is { Read: null, Write: null } ? null : units;
    }

    /// <summary>What a new table or index is to be made ready for.</summary>
    public static UnitsRecord? NewWarm(WarmThroughput? given, bool payPerRequest, ThroughputRecord provisioned, string? index, Region region)
    {
        if (given is null)
        {
            return null;
        }

        var owner = Owner(index);
        Check(given.ReadUnitsPerSecond, provisioned.Read, write: false);
        Check(given.WriteUnitsPerSecond, provisioned.Write, write: true);
        var least = Warm(null, payPerRequest, provisioned);
        return new UnitsRecord(given.ReadUnitsPerSecond ?? least.Read, given.WriteUnitsPerSecond ?? least.Write);

        void Check(long? units, long own, bool write)
        {
            var name = write ? "Write" : "Read";
            DynamoErrors.ThrowIf(
                payPerRequest && units < Meter.Initial(write),
                $"{DynamoErrors.Parameters}Requested {name}UnitsPerSecond for WarmThroughput for {owner} is lower than initial throughput for OnDemand. "
                + "See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial");
            DynamoErrors.ThrowIf(
                !payPerRequest && units < own,
                $"{DynamoErrors.Parameters}Requested {name}UnitsPerSecond for WarmThroughput for {owner} "
                + $"is lower than {name}CapacityUnits of ProvisionedThroughput");
            CheckQuota(units, name, owner, region);
        }
    }

    /// <summary>What an existing table or index is to be made ready for: never less than it is.</summary>
    public static UnitsRecord MoreWarm(WarmThroughput given, UnitsRecord current, string? index, Region region)
    {
        var owner = Owner(index);
        return new UnitsRecord(More(given.ReadUnitsPerSecond, current.Read, "Read"), More(given.WriteUnitsPerSecond, current.Write, "Write"));

        long? More(long? units, long? now, string name)
        {
            DynamoErrors.ThrowIf(
                units < now,
                $"{DynamoErrors.Parameters}Requested {name}UnitsPerSecond for WarmThroughput for {owner} "
                + "is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
            CheckQuota(units, name, owner, region);
            return units ?? now;
        }
    }

    /// <summary>Refuses what is more than a table, an index or all of an account's tables may have.</summary>
    /// <param name="table">As it is to be.</param>
    /// <param name="others">All tables of the account and region; the table itself does not count.</param>
    /// <param name="region">Where.</param>
    public static void CheckQuotas(TableRecord table, IReadOnlyList<TableRecord> others, Region region)
    {
        if (table.PayPerRequest)
        {
            return;
        }

        CheckOne(table.Throughput, null, region);
        foreach (var index in table.Indexes)
        {
            CheckOne(index.Throughput, index.Name, region);
        }

        CheckSum("ReadCapacityUnits", throughput => throughput.Read);
        CheckSum("WriteCapacityUnits", throughput => throughput.Write);

        void CheckSum(string name, Func<ThroughputRecord, long> units)
        {
            var reserved = others.Sum(other => Sum(other, units));
            var rest = others.Where(other => other.Name != table.Name).Sum(other => Sum(other, units));
            var wanted = Sum(table, units);
            ThrowIf(rest + wanted > AccountQuota, string.Create(
                CultureInfo.InvariantCulture,
                $"This request would have caused the {name} limit to be exceeded for the account in {region.Name}. "
                + $"Current {name} reserved by the account: {reserved}. Limit: {AccountQuota}. Requested: {wanted}. {Guide}"));
        }
    }

    /// <summary>
    /// A table's or an index's new throughput, with when it grew and shrank: less four times a day, and after that once an hour.
    /// </summary>
    /// <param name="from">As it is.</param>
    /// <param name="to">As it is to be.</param>
    /// <param name="now">The cloud's time.</param>
    /// <param name="limited">Whether there is a limit at all.</param>
    public static ThroughputRecord Moved(ThroughputRecord from, ThroughputRecord to, DateTimeOffset now, bool limited)
    {
        const int Free = 4;
        var less = to.Read < from.Read || to.Write < from.Write;
        var more = to.Read > from.Read || to.Write > from.Write;
        var today = from.DecreasesOn(now);
        if (limited && less && today >= Free && from.Decreased is { } last && now < last.AddHours(1))
        {
            var midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            var next = last.AddHours(1) < midnight ? last.AddHours(1) : midnight;
            throw DynamoDbErrors.LimitExceededException.With(
                "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, "
                + "each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. "
                + string.Create(CultureInfo.InvariantCulture, $"Number of decreases today: {today}. Last decrease at {Text(last)}. ")
                + $"Next decrease can be made at {Text(next)}.").ToException();
        }

        return to with
        {
            Increased = more ? now : from.Increased,
            Decreased = less ? now : from.Decreased,
            DecreasesToday = today + (less ? 1 : 0),
        };
    }

    /// <summary>Switches to on demand, which a table may do four times within 24 hours.</summary>
    /// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-switching-capacity-modes.html"/>
    public static TableRecord ToOnDemand(TableRecord table, DateTimeOffset now, bool limited)
    {
        const int Most = 4;
        var recent = (table.Switches ?? []).Where(at => at > now.AddDays(-1)).ToList();
        if (limited && recent.Count >= Most)
        {
            throw DynamoDbErrors.LimitExceededException.With(
                "Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s). "
                + $"Last update at {Text(recent[^1])}. Next update can be made at {Text(recent[0].AddDays(1))}").ToException();
        }

        return table.Warmed() with
        {
            PayPerRequest = true,
            PayPerRequestSince = now,
            Switches = [.. recent, now],
            Throughput = table.Throughput with { Read = 0, Write = 0 },
            Indexes = [.. table.Warmed().Indexes.Select(index => index with { Throughput = index.Throughput with { Read = 0, Write = 0 } })],
        };
    }

    private static UnitsRecord Warm(UnitsRecord? known, bool payPerRequest, ThroughputRecord throughput) => new(
        Math.Max(known?.Read ?? 0, payPerRequest ? Meter.Initial(write: false) : throughput.Read),
        Math.Max(known?.Write ?? 0, payPerRequest ? Meter.Initial(write: true) : throughput.Write));

    private static long? Limit(long? given, long? current, bool isNew, string name, string owner, Region region)
    {
        if (given is null)
        {
            return current;
        }

        if (given == -1 && !isNew)
        {
            return null;
        }

        DynamoErrors.ThrowIf(
            given < 1, $"{DynamoErrors.Parameters}Requested Max{name}RequestUnits for OnDemandThroughput for {owner} is outside of valid range");
        ThrowIf(
            given > Meter.Quota,
            $"Subscriber limit exceeded: Requested Max{name}RequestUnits for OnDemandThroughput for {owner} "
            + $"exceeds TableMax{name}CapacityUnits of the account in region {region.Name}");
        return given;
    }

    private static void CheckQuota(long? units, string name, string owner, Region region) => ThrowIf(
        units > Meter.Quota,
        $"Subscriber limit exceeded: Requested {name}UnitsPerSecond for WarmThroughput for {owner} "
        + $"exceeds TableMax{name}CapacityUnits of the account in region {region.Name}");

    private static void CheckOne(ThroughputRecord throughput, string? index, Region region)
    {
        Check(throughput.Read, "ReadCapacityUnits");
        Check(throughput.Write, "WriteCapacityUnits");

        void Check(long units, string name)
        {
            var (what, whose) = index is null ? (name, "table") : ($"{name} for index {index}", "index");
            ThrowIf(units > Meter.Quota, string.Create(
                CultureInfo.InvariantCulture,
                $"The requested {what}, {units}, is above the per {whose} maximum for the account in {region.Name}. "
                + $"Per {whose} maximum: {Meter.Quota}. {Guide}"));
        }
    }

    private static long Sum(TableRecord table, Func<ThroughputRecord, long> units) =>
        table.PayPerRequest ? 0 : units(table.Throughput) + table.Indexes.Sum(index => units(index.Throughput));

    private static void CheckUnits(long? units, string name) => DynamoErrors.ThrowIf(
        units > MaxUnits, string.Create(CultureInfo.InvariantCulture, $"Given value {units} for {name} is out of bounds"));

    private static void ThrowIf(bool exceeded, string message)
    {
        if (exceeded)
        {
            throw DynamoDbErrors.LimitExceededException.With(message).ToException();
        }
    }

    private static string Owner(string? index) => index is null ? "table" : $"index {index}";

    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("dddd, MMMM d, yyyy 'at' h:mm:ss tt 'Coordinated Universal Time'", CultureInfo.InvariantCulture);
}
