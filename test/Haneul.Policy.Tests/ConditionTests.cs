using Haneul.Policy.Conditions;

namespace Haneul.Policy.Tests;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("StringEquals", "a", "a", true)]
    [InlineData("StringEquals", "a", "A", false)]
    [InlineData("StringEquals", "a*", "ab", false)]
    [InlineData("StringNotEquals", "a", "b", true)]
    [InlineData("StringNotEquals", "a", "a", false)]
    [InlineData("StringEqualsIgnoreCase", "a", "A", true)]
    [InlineData("StringNotEqualsIgnoreCase", "a", "A", false)]
    [InlineData("StringLike", "a*c?", "abbcd", true)]
    [InlineData("StringNotLike", "a*", "abc", false)]
    [InlineData("NumericEquals", "10", "10.0", true)]
    [InlineData("NumericNotEquals", "10", "11", true)]
    [InlineData("NumericLessThan", "10", "9", true)]
    [InlineData("NumericLessThan", "10", "10", false)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "11", true)]
    [InlineData("NumericGreaterThanEquals", "10", "9", false)]
    [InlineData("NumericEquals", "10", "ten", false)]
    [InlineData("DateEquals", "2020-01-01T00:00:00Z", "1577836800", true)]
    [InlineData("DateNotEquals", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", false)]
    [InlineData("DateLessThan", "2020-01-01T00:00:00Z", "2019-12-31T23:59:59Z", true)]
    [InlineData("DateLessThanEquals", "2020-01-01", "2020-01-01T00:00:00Z", true)]
    [InlineData("DateGreaterThan", "2020-01-01T00:00:00Z", "2019-12-31T23:59:59Z", false)]
    [InlineData("DateGreaterThanEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.5Z", true)]
    [InlineData("Bool", "true", "True", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true)]
    [InlineData("BinaryEquals", "QmluYXJ5", "QmluYXJ6", false)]
    [InlineData("IpAddress", "203.0.113.0/24", "203.0.113.9", true)]
    [InlineData("IpAddress", "203.0.113.0/24", "203.0.114.9", false)]
    [InlineData("IpAddress", "203.0.113.7", "203.0.113.7", true)]
    [InlineData("IpAddress", "203.0.113.77/25", "203.0.113.9", true)]
    [InlineData("IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5678::1", true)]
    [InlineData("IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5679::1", false)]
    [InlineData("IpAddress", "0.0.0.0/0", "::ffff:10.0.0.1", true)]
    [InlineData("IpAddress", "0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("NotIpAddress", "203.0.113.0/24", "10.0.0.1", true)]
    [InlineData("ArnEquals", "arn:aws:sns:*:111111111111:*", "arn:aws:sns:us-east-1:111111111111:t", true)]
    [InlineData("ArnLike", "arn:aws:sns:*:111111111111:t?", "arn:aws:sns:us-east-1:111111111111:t", false)]
    [InlineData("ArnNotLike", "arn:aws:sns:*:111111111111:*", "arn:aws:sns:us-east-1:222222222222:t", true)]
    [InlineData("ArnNotEquals", "arn:aws:sns:*:111111111111:*", "arn:aws:sns:us-east-1:111111111111:t", false)]
    public void Operators_compare(string op, string expected, string actual, bool holds) =>
        Assert.Equal(holds, Requests.Holds($$$"""{"{{{op}}}":{"test:key":"{{{expected}}}"}}""", new ConditionKeys().Set("TEST:Key", actual)));

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("NotIpAddress", true)]
    [InlineData("NumericLessThan", false)]
    [InlineData("NumericLessThanIfExists", true)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", false)]
    [InlineData("ForAnyValue:StringLikeIfExists", true)]
    public void A_missing_key_fails_what_is_asserted_and_passes_what_is_negated(string op, bool holds) =>
        Assert.Equal(holds, Requests.Holds($$$"""{"{{{op}}}":{"test:key":"1"}}""", new ConditionKeys()));

    // The table of AWS's page on keys with several values.
    [Theory]
    [InlineData("ForAllValues:StringEquals", "a", true)]
    [InlineData("ForAllValues:StringEquals", "a,b", true)]
    [InlineData("ForAllValues:StringEquals", "a,b,c", false)]
    [InlineData("ForAllValues:StringEquals", "", true)]
    [InlineData("ForAnyValue:StringEquals", "c,b", true)]
    [InlineData("ForAnyValue:StringEquals", "c", false)]
    [InlineData("ForAnyValue:StringEquals", "", false)]
    [InlineData("ForAllValues:StringNotEquals", "c,d", true)]
    [InlineData("ForAllValues:StringNotEquals", "a,d", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a,d", true)]
    [InlineData("ForAnyValue:StringNotEquals", "a,b", false)]
    [InlineData("StringEquals", "c,a", true)]
    [InlineData("StringNotEquals", "c,a", false)]
    public void Quantifiers_take_values_together(string op, string actual, bool holds) =>
        Assert.Equal(holds, Requests.Holds(
            $$$"""{"{{{op}}}":{"aws:TagKeys":["a","b"]}}""", new ConditionKeys().Set("aws:TagKeys", actual.Split(',', StringSplitOptions.RemoveEmptyEntries))));

    [Theory]
    [InlineData("true", false, true)]
    [InlineData("true", true, false)]
    [InlineData("false", true, true)]
    [InlineData("false", false, false)]
    public void Null_asks_whether_the_key_is_there(string value, bool present, bool holds)
    {
        var keys = present ? new ConditionKeys().Set("aws:TokenIssueTime", "x") : new ConditionKeys();
        Assert.Equal(holds, Requests.Holds($$$"""{"Null":{"aws:TokenIssueTime":"{{{value}}}"}}""", keys));
        Assert.Equal(holds, Requests.Holds($$$"""{"Null":{"aws:TokenIssueTime":{{{value}}}}}""", keys));
    }

    [Fact]
    public void All_operators_and_keys_must_hold()
    {
        var keys = new ConditionKeys().Set("a:a", "1").Set("b:b", "2");
        Assert.True(Requests.Holds("""{"StringEquals":{"a:a":"1","b:b":"2"},"NumericLessThan":{"a:a":5}}""", keys));
        Assert.False(Requests.Holds("""{"StringEquals":{"a:a":"1","b:b":"3"},"NumericLessThan":{"a:a":5}}""", keys));
        Assert.False(Requests.Holds("""{"StringEquals":{"a:a":"1","b:b":"2"},"NumericLessThan":{"a:a":0}}""", keys));
    }

    [Fact]
    public void Condition_values_may_be_variables()
    {
        var keys = new ConditionKeys().Set("aws:PrincipalTag/team", "blue").Set("aws:ResourceTag/team", "blue");
        Assert.True(Requests.Holds("""{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}""", keys));
        Assert.False(Requests.Holds("""{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/none}"}}""", keys));
    }
}
