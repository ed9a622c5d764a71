using Haneul.Policy.Language;
using Haneul.Policy.Validation;

namespace Haneul.Policy.Tests;

public sealed class ResourcePolicyTests
{
    private const string Good =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"dynamodb:GetItem","Resource":"*"}]}""";

    [Theory]
    [InlineData(Good)]
    [InlineData("""{ "Statement": { "Resource": ["*"], "Action": ["dynamodb:GetItem"], "Principal": {"AWS": ["111122223333"]}, "Effect": "Allow" }, "Version": "2012-10-17" }""")]
    public void Policies_that_say_the_same_have_one_form(string policy) => Assert.Equal(Good, CanonicalPolicy.Of(policy));

    [Fact]
    public void A_policy_without_a_version_gets_the_old_one() =>
        Assert.StartsWith("""{"Version":"2008-10-17","Statement":[""", CanonicalPolicy.Of("""{"Statement":[]}"""), StringComparison.Ordinal);

    [Fact]
    public void Conditions_and_lists_keep_their_values() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","NotAction":["a:B","a:C"],"Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"é<*>"}}}]}""",
        CanonicalPolicy.Of(
            """{"Version":"2012-10-17","Statement":[{"Condition":{"StringLike":{"aws:PrincipalArn":["é<*>"]}},"Effect":"Deny","Principal":"*","NotAction":["a:B","a:C"],"Resource":"*"}]}"""));

    [Theory]
    [InlineData("nothing", ResourcePolicyFault.Document, "This policy contains invalid Json")]
    [InlineData("{}", ResourcePolicyFault.Document, "Syntax errors in policy.")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*"}]}""", ResourcePolicyFault.Document, "Missing required field Principal")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"a:B","Principal":"*"}]}""", ResourcePolicyFault.Document, "Missing required field Resource")]
    [InlineData(
        """{"Statement":[{"Sid":"x","Effect":"Deny","Action":"a:B","Principal":"*","Resource":"*"},{"Sid":"x","Effect":"Deny","Action":"a:B","Principal":"*","Resource":"*"}]}""",
        ResourcePolicyFault.Document, "The Statement Ids in the policy are not unique")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"a:B","Principal":{"AWS":"nobody"},"Resource":"*"}]}""",
        ResourcePolicyFault.Principal, "Invalid principal in policy: \"AWS\":\"nobody\"")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"a:B","Principal":{"AWS":"*"},"Resource":"*"}]}""",
        ResourcePolicyFault.Unbounded, "Everyone is allowed, without a condition.")]
    public void What_a_resource_may_not_carry_is_told(string policy, ResourcePolicyFault fault, string message)
    {
        Assert.Equal(message, PolicyValidator.CheckResourcePolicy(policy, out var found));
        Assert.Equal(fault, found);
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"a:B","Principal":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"a:B","Principal":"*","Resource":"*"}]}""")]
    public void What_it_may_is_accepted(string policy) => Assert.Null(PolicyValidator.CheckResourcePolicy(policy, out _));
}
