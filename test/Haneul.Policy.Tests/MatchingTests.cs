using CsCheck;
using Haneul.Policy.Conditions;
using Haneul.Policy.Matching;

namespace Haneul.Policy.Tests;

public sealed class MatchingTests
{
    [Fact]
    public void Globs_match_as_the_naive_matcher_says()
    {
        var letters = Gen.Char["ab*?"];
        var texts = Gen.Char["abc"];
        Gen.Select(Gen.String[letters, 0, 9], Gen.String[texts, 0, 12]).Sample(
            (pattern, text) => Assert.Equal(Naive(pattern, text), Glob.Matches(Glob.Compile(pattern), text, ignoreCase: false)), iter: 20_000);
    }

    [Fact]
    public void A_pattern_of_the_worst_kind_is_answered_soon()
    {
        var pattern = Glob.Compile(string.Concat(Enumerable.Repeat("a*", 500)) + "b");
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.False(Glob.Matches(pattern, new string('a', 4000), ignoreCase: false));
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("*", "*", true)]
    [InlineData("*", "arn:aws:s3:::b/k", true)]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b/k/l", true)]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::bb/k", false)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/kk", false)]
    [InlineData("arn:aws:sqs:*:111111111111:q", "arn:aws:sqs:eu-west-1:111111111111:q", true)]
    [InlineData("arn:aws:sqs:*:q", "arn:aws:sqs:eu-west-1:111111111111:q", false)]
    [InlineData("arn:aws:sqs:us-*:111111111111:q", "arn:aws:sqs:us-east-1:222222222222:111111111111:q", false)]
    [InlineData("arn:aws:sqs:*", "arn:aws:sqs:eu-west-1:111111111111:q", true)]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:f", "arn:aws:lambda:us-east-1:111111111111:function:f", true)]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:f", "arn:aws:lambda:us-east-1:111111111111:function:f:1", false)]
    [InlineData("arn:aws:lambda:us-east-1:111111111111:function:f*", "arn:aws:lambda:us-east-1:111111111111:function:f:1", true)]
    [InlineData("arn:aws:s3:::B", "arn:aws:s3:::b", false)]
    [InlineData("arn:aws:s3:::b", "*", false)]
    public void Arns_match_part_by_part(string pattern, string arn, bool expected) =>
        Assert.Equal(expected, ArnPattern.Parse(pattern, variables: true).Matches(arn, ConditionKeys.None));

    [Theory]
    [InlineData("home/${aws:username}/*", "home/alice/x", true)]
    [InlineData("home/${aws:username}/*", "home/bob/x", false)]
    [InlineData("home/${ aws:username }/x", "home/alice/x", true)]
    [InlineData("home/${aws:nothing}/x", "home//x", false)]
    [InlineData("home/${aws:nothing, 'anyone'}/x", "home/anyone/x", true)]
    [InlineData("home/${aws:username, 'anyone'}/x", "home/alice/x", true)]
    [InlineData("${*}${?}${$}", "*?$", true)]
    [InlineData("${*}", "x", false)]
    [InlineData("${unended", "${unended", true)]
    public void Variables_stand_for_values_of_the_request(string pattern, string text, bool expected) =>
        Assert.Equal(
            expected, TextPattern.Parse(pattern, wildcards: true, variables: true).Matches(text, new ConditionKeys().Set("aws:username", "alice"), ignoreCase: false));

    [Fact]
    public void A_star_in_the_value_of_a_variable_is_no_wildcard()
    {
        var pattern = TextPattern.Parse("home/${aws:username}", wildcards: true, variables: true);
        Assert.False(pattern.Matches("home/bob", new ConditionKeys().Set("aws:username", "*"), ignoreCase: false));
        Assert.True(pattern.Matches("home/*", new ConditionKeys().Set("aws:username", "*"), ignoreCase: false));
        Assert.False(pattern.Matches("home/bob", new ConditionKeys().Set("aws:username", Glob.Many.ToString()), ignoreCase: false));
    }

    [Fact]
    public void The_old_version_of_the_language_has_no_variables()
    {
        Assert.True(TextPattern.Parse("${aws:username}", wildcards: true, variables: false)
            .Matches("${aws:username}", new ConditionKeys().Set("aws:username", "alice"), ignoreCase: false));
    }

    private static bool Naive(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => pattern switch
    {
        [] => text.IsEmpty,
        ['*', ..] => Naive(pattern[1..], text) || (!text.IsEmpty && Naive(pattern, text[1..])),
        ['?', ..] => !text.IsEmpty && Naive(pattern[1..], text[1..]),
        _ => !text.IsEmpty && text[0] == pattern[0] && Naive(pattern[1..], text[1..]),
    };
}
