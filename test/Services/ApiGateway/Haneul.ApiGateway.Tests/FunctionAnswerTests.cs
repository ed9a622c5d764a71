using System.Text;
using Haneul.ApiGateway.Execute;

namespace Haneul.ApiGateway.Tests;

public sealed class FunctionAnswerTests
{
    [Theory]
    [InlineData("2.0", """{"statusCode":201,"body":"a"}""", 201, "a", "text/plain;charset=UTF-8")]
    [InlineData("2.0", """{"statusCode":"404","headers":{"Content-Type":"text/html"},"body":"a"}""", 404, "a", "text/html")]
    [InlineData("2.0", """{"statusCode":200,"isBase64Encoded":true,"body":"YWI="}""", 200, "ab", "text/plain;charset=UTF-8")]
    [InlineData("2.0", """{"hello":"world"}""", 200, """{"hello":"world"}""", "application/json")]
    [InlineData("2.0", "\"text\"", 200, "text", "application/json")]
    [InlineData("2.0", "[1]", 200, "[1]", "application/json")]
    [InlineData("1.0", """{"statusCode":200,"body":"a"}""", 200, "a", "text/plain;charset=UTF-8")]
    public void Answers_become_http(string format, string payload, int status, string body, string type)
    {
        var answer = FunctionAnswer.Parse(Encoding.UTF8.GetBytes(payload), format)!;
        Assert.Equal(status, answer.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(type, answer.Headers.Single(header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value);
    }

    [Theory]
    [InlineData("1.0", """{"hello":"world"}""")]
    [InlineData("2.0", """{"statusCode":"many"}""")]
    [InlineData("2.0", """{"statusCode":999}""")]
    [InlineData("2.0", """{"statusCode":200,"body":{}}""")]
    [InlineData("2.0", """{"statusCode":200,"isBase64Encoded":true,"body":"%"}""")]
    [InlineData("2.0", """{"statusCode":200,"body":"\ud800"}""")]
    [InlineData("2.0", """{"statusCode":200,"headers":{"\ud800":"a"}}""")]
    [InlineData("2.0", "\"\\ud800\"")]
    [InlineData("2.0", "nonsense")]
    [InlineData("2.0", "")]
    public void Malformed_answers_are_none(string format, string payload) => Assert.Null(FunctionAnswer.Parse(Encoding.UTF8.GetBytes(payload), format));

    [Fact]
    public void Cookies_and_lists_of_values_become_headers()
    {
        var answer = FunctionAnswer.Parse(
            """{"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"A":["2","3"]},"cookies":["x=1","y=2"]}"""u8.ToArray(), "2.0")!;
        Assert.Equal([new("A", "2"), new("A", "3"), new("set-cookie", "x=1"), new("set-cookie", "y=2")], answer.Headers);
    }
}
