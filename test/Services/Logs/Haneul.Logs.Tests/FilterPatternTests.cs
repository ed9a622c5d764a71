using CsCheck;
using Haneul.Logs.Filters;

namespace Haneul.Logs.Tests;

public sealed class FilterPatternTests
{
    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "an ERROR here", true)]
    [InlineData("ERROR", "an error here", false)]
    [InlineData("ERROR Exit", "ERROR at Exit", true)]
    [InlineData("ERROR Exit", "ERROR", false)]
    [InlineData("?ERROR ?WARN", "WARN only", true)]
    [InlineData("?ERROR ?WARN", "INFO only", false)]
    [InlineData("ERROR -Exit", "ERROR at Exit", false)]
    [InlineData("\"a b\"", "xa bx", true)]
    [InlineData("\"say \\\"hi\\\"\"", "say \"hi\"", true)]
    [InlineData("%[45]\\d\\d%", "status 503", true)]
    [InlineData("%[45]\\d\\d%", "status 200", false)]
    public void Words_pick_messages(string pattern, string message, bool expected) => Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(message));

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":"x","a":1}""")]
    [InlineData("""{"a":"x""")]
    public void Messages_that_are_no_text_are_not_picked(string message) => Assert.False(FilterPattern.Parse("{ $.a = \"x\" }").Matches(message));

    [Theory]
    [InlineData("{ $.level = \"error\" }", true)]
    [InlineData("{ $.level = \"err*\" }", true)]
    [InlineData("{ $.level = *ror }", true)]
    [InlineData("{ $.level != \"error\" }", false)]
    [InlineData("{ $.code >= 500 && $.code < 600 }", true)]
    [InlineData("{ $.code = 503.0 }", true)]
    [InlineData("{ $.code = 5* }", true)]
    [InlineData("{ $.code > 503 || $.user.name = \"ada\" }", true)]
    [InlineData("{ ($.code > 503 || $.none EXISTS) && $.level = \"error\" }", false)]
    [InlineData("{ $.tags[1] = \"b\" }", true)]
    [InlineData("{ $.tags[*] = \"b\" }", true)]
    [InlineData("{ $.none NOT EXISTS }", true)]
    [InlineData("{ $.nothing IS NULL }", true)]
    [InlineData("{ $.ok IS TRUE }", true)]
    [InlineData("{ $.ok IS FALSE }", false)]
    [InlineData("{ $.['dotted.name'] = 1 }", false)]
    [InlineData("{ $['dotted.name'] = 1 }", true)]
    [InlineData("{ $.level = %err.r% }", true)]
    public void Members_pick_messages(string pattern, bool expected)
    {
        const string message =
            """{"level":"error","code":503,"user":{"name":"ada"},"tags":["a","b"],"ok":true,"nothing":null,"dotted.name":1}""";
        if (pattern.Contains("$.[", StringComparison.Ordinal))
        {
            Assert.Throws<FormatException>(() => FilterPattern.Parse(pattern));
            return;
        }

        Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(message));
        Assert.False(FilterPattern.Parse(pattern).Matches("no json"));
    }

    [Theory]
    [InlineData("[ip, user, time, request, status, bytes]", true)]
    [InlineData("[ip, user, time, request, status = 4*, bytes]", true)]
    [InlineData("[ip, user, time, request, status = 404, bytes > 1000]", true)]
    [InlineData("[ip, user, time, request, status = 200 || status = 404, bytes]", true)]
    [InlineData("[ip, user, time, request = \"*html*\", status, bytes]", true)]
    [InlineData("[..., bytes >= 1534]", true)]
    [InlineData("[ip = 127.0.0.1, ..., bytes > 9999]", false)]
    [InlineData("[ip, user]", false)]
    public void Columns_pick_messages(string pattern, bool expected) => Assert.Equal(
        expected, FilterPattern.Parse(pattern).Matches("127.0.0.1 frank [10/Oct/2025:13:35:22 -0700] \"GET /index.html HTTP/1.0\" 404 1534"));

    [Theory]
    [InlineData("{ $.a }")]
    [InlineData("{ $.a = }")]
    [InlineData("{ $.a > \"x\" }")]
    [InlineData("{ $.a = 1")]
    [InlineData("{ a = 1 }")]
    [InlineData("[a, b")]
    [InlineData("[a b]")]
    [InlineData("[..., a, ...]")]
    [InlineData("\"open")]
    [InlineData("%(%")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.Throws<FormatException>(() => FilterPattern.Parse(pattern));

    [Fact]
    public void Random_patterns_are_read_or_refused_and_nothing_else() =>
        Gen.String[Gen.OneOf(Gen.Char["{}[]()$.=!<>&|\"%*?-, \\"], Gen.Char['a', 'e'], Gen.Char['0', '9']), 0, 40].Sample(
            text =>
            {
                try
                {
                    FilterPattern.Parse(text).Matches("""{"a":1,"b":["c"]} d "e" 5""");
                }
                catch (FormatException)
                {
                    // The one answer that a text may get which is no pattern.
                }
            },
            iter: 2_000);
}
