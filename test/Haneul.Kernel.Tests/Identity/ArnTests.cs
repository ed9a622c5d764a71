using Haneul.Kernel.Identity;

namespace Haneul.Kernel.Tests.Identity;

public sealed class ArnTests
{
    [Theory]
    [InlineData("arn:aws:s3:::bucket/key")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f:1")]
    [InlineData("arn:aws-cn:sqs:cn-north-1:123456789012:q")]
    public void An_arn_prints_as_it_was_read(string text)
    {
        Assert.True(Arn.TryParse(text, out var arn));
        Assert.Equal(text, arn.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("arn:aws:s3")]
    [InlineData("arn:aws:s3:::")]
    [InlineData("arn::s3:::bucket")]
    [InlineData("urn:aws:s3:::bucket")]
    public void What_is_no_arn_is_refused(string? text) => Assert.False(Arn.TryParse(text, out _));

    [Fact]
    public void Colons_belong_to_the_resource() =>
        Assert.Equal("function:f:1", Arn.Parse("arn:aws:lambda:us-east-1:000000000000:function:f:1").Resource);
}
