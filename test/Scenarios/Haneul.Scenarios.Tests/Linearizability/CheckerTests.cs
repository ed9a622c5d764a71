namespace Haneul.Scenarios.Tests.Linearizability;

public sealed class CheckerTests
{
    [Fact]
    public void A_read_may_see_a_write_that_is_under_way_or_not() =>
        Assert.All([0, 1], value => Assert.True(Check(Write(1, 10, 1), Read(2, 3, value))));

    [Fact]
    public void A_read_after_a_write_sees_it() => Assert.False(Check(Write(1, 2, 1), Read(3, 4, 0)));

    [Fact]
    public void What_was_seen_once_stays() => Assert.False(Check(Write(1, 10, 1), Read(2, 3, 1), Read(4, 5, 0)));

    [Fact]
    public void A_write_without_an_answer_may_come_late_or_never()
    {
        Assert.True(Check(Write(1, null, 1), Read(2, 3, 0), Read(4, 5, 1)));
        Assert.True(Check(Write(1, null, 1), Read(2, 3, 0), Read(4, 5, 0)));
        Assert.False(Check(Write(1, null, 1), Read(2, 3, 1), Read(4, 5, 0)));
    }

    [Fact]
    public void Half_a_transaction_is_seen_by_nobody() => Assert.False(Check(
        new Call(1, 10, [], [], [new(0, 1), new(1, 1)]), new Call(2, 3, [new(0, 1), new(1, 0)], [], [])));

    [Fact]
    public void A_condition_that_did_not_hold_says_what_was_not_there() => Assert.False(Check(
        Write(1, 2, 1), new Call(3, 4, [], [new(0, 1)], [])));

    private static bool Check(params Call[] calls) => Checker.IsLinearizable(calls, 2);

    private static Call Write(long sent, long? answered, int value) => new(sent, answered, [], [], [new(0, value)]);

    private static Call Read(long sent, long answered, int value) => new(sent, answered, [new(0, value)], [], []);
}
