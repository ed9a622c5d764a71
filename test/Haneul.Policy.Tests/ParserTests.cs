using CsCheck;
using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;
using Haneul.Policy.Language;
using Haneul.Policy.Validation;

namespace Haneul.Policy.Tests;

public sealed class ParserTests
{
    private const string Sample =
        """
        {"Version":"2012-10-17","Id":"x","Statement":[
        {"Sid":"a","Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/${aws:username}/*"],
        "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:TagKeys":["a","b*"]},"NumericLessThan":{"s3:max-keys":10},"Bool":{"aws:SecureTransport":true}}},
        {"Effect":"Deny","NotPrincipal":{"AWS":["111111111111"],"Service":"sns.amazonaws.com"},"NotAction":"s3:*","NotResource":"*"}]}
        """;

    private static readonly string[] s_noise =
    [
        "\"", "{", "}", "[", "]", ":", ",", "\\", "\\u", "\\ud800", "*", "${", "\0", "\uffff", "1e999", "null", "aws:", "🦊",
    ];

    [Fact]
    public void Both_forms_of_every_element_are_read()
    {
        var policy = PolicyDocument.Parse(Sample);
        Assert.Equal(2, policy.Statements.Count);
        Assert.Equal(["aws:TagKeys", "s3:max-keys", "aws:SecureTransport", "aws:username"], policy.ContextKeys());
        Assert.Single(PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""").Statements);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Version":"2020-01-01","Statement":[]}""")]
    [InlineData("""{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":1,"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"\ud800","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"\uffff","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringSimilar":{"a:b":"c"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":"me"}]}""")]
    [InlineData("""{"Statement":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}""")]
    public void What_is_no_policy_is_refused(string text) => Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(text));

    [Fact]
    public void A_policy_longer_than_any_is_refused() =>
        Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(new string(' ', 200_000) + Sample));

    [Fact]
    public void Mutated_policies_are_read_or_refused_and_then_decided()
    {
        var noise = Gen.Int[0, s_noise.Length - 1].Select(i => s_noise[i]);
        var edit = Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Int[0, 12], noise);
        edit.Array[1, 6].Sample(
            edits =>
            {
                var text = Sample;
                foreach (var (at, length, insert) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, insert);
                }

                Feed(text);
            },
            iter: 20_000);
    }

    [Fact]
    public void Random_text_is_refused() => Gen.String.Sample(Feed, iter: 5_000);

    private static void Feed(string text)
    {
        PolicyValidator.CheckIdentityPolicy(text);
        PolicyValidator.CheckTrustPolicy(text);
        try
        {
            PolicyDocument.Parse(text);
        }
        catch (PolicyFormatException)
        {
            return;
        }

        var keys = new ConditionKeys().Set("aws:username", "alice").Set("aws:TagKeys", "a", "c").Set("s3:max-keys", "x");
        PolicyEvaluator.Decide(
            new PolicyRequest(Requests.Alice, "s3:GetObject", "arn:aws:s3:::b/alice/k", keys),
            new IdentityPolicies([new AttachedPolicy("fuzz", text)], null),
            new ResourceFacts(new AttachedPolicy("fuzz", text)));
    }
}
