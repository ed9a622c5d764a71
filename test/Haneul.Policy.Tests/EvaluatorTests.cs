using Haneul.Kernel.Identity;
using Haneul.Policy.Evaluation;
using static Haneul.Policy.Tests.Requests;

namespace Haneul.Policy.Tests;

public sealed class EvaluatorTests
{
    private const string Own = $"arn:aws:sqs:us-east-1:{Account}:q";
    private const string Foreign = "arn:aws:sqs:us-east-1:222222222222:q";

    private static AttachedPolicy Resource(string principal, string effect = "Allow", string action = "*") =>
        Document($$"""{"Sid":"r","Effect":"{{effect}}","Principal":{{principal}},"Action":"{{action}}","Resource":"*"}""", "queue policy");

    private static string Aws(string arn) => $$"""{"AWS":"{{arn}}"}""";

    [Fact]
    public void Nothing_is_allowed_by_nothing()
    {
        var decision = Decide();
        Assert.False(decision.Allowed);
        Assert.Equal(" because no identity-based policy allows the s3:GetObject action", decision.Because("s3:GetObject"));
    }

    [Theory]
    [InlineData("s3:GetObject", true)]
    [InlineData("S3:getobject", true)]
    [InlineData("s3:Get*", true)]
    [InlineData("s3:???Object", true)]
    [InlineData("*", true)]
    [InlineData("s3:GetObjectAcl", false)]
    [InlineData("sqs:*", false)]
    public void Actions_match_whatever_their_case(string action, bool allowed) => Assert.Equal(allowed, Decide(Allow(action)).Allowed);

    [Fact]
    public void NotAction_and_NotResource_cover_all_others()
    {
        var policy = Document("""{"Effect":"Allow","NotAction":["iam:*","sts:*"],"NotResource":"arn:aws:sqs:*:*:secret"}""");
        Assert.True(Decide(policy).Allowed);
        Assert.False(Decide(policy, action: "iam:GetUser").Allowed);
        Assert.False(Decide(policy, target: $"arn:aws:sqs:us-east-1:{Account}:secret").Allowed);
    }

    [Fact]
    public void A_denial_wins_wherever_it_is()
    {
        var deny = Document("""{"Sid":"no","Effect":"Deny","Action":"s3:*","Resource":"*"}""");
        var allow = Allow("*");
        var decision = Decide(Document("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"no","Effect":"Deny","Action":"s3:*","Resource":"*"}"""));
        Assert.Equal((false, "no"), (decision.Allowed, decision.Statement));
        Assert.Equal(" with an explicit deny in an identity-based policy", decision.Because("x"));
        Assert.Equal(" with an explicit deny in a permissions boundary", Decide(allow, boundary: deny).Because("x"));
        Assert.Equal(" with an explicit deny in a resource-based policy", Decide(allow, Resource("\"*\"", "Deny")).Because("x"));
        var session = Session with { SessionPolicies = [deny] };
        Assert.Equal(" with an explicit deny in a session policy", Decide(allow, principal: session).Because("x"));
        Assert.Equal(
            " with an explicit deny in the role trust policy", Decide(allow, Resource("\"*\"", "Deny"), trust: true).Because("x"));
    }

    [Fact]
    public void A_boundary_limits_and_does_not_allow()
    {
        Assert.False(Decide(boundary: Allow("*")).Allowed);
        Assert.True(Decide(Allow("*"), boundary: Allow("s3:*")).Allowed);
        var decision = Decide(Allow("*"), boundary: Allow("sqs:*"));
        Assert.Equal(" because no permissions boundary allows the s3:GetObject action", decision.Because("s3:GetObject"));
    }

    [Fact]
    public void A_session_may_do_what_role_and_session_policies_both_allow()
    {
        var session = Session with { SessionPolicies = [Allow("s3:*"), Allow("sqs:*")] };
        Assert.True(Decide(Allow("*"), principal: session).Allowed);
        Assert.False(Decide(Allow("sqs:*"), principal: session).Allowed);
        Assert.Equal(
            " because no session policy allows the iam:GetUser action",
            Decide(Allow("*"), principal: session, action: "iam:GetUser").Because("iam:GetUser"));
    }

    [Fact]
    public void A_federated_user_without_session_policies_may_do_nothing()
    {
        var federated = Alice with { Kind = PrincipalKind.FederatedUser, Arn = $"arn:aws:sts::{Account}:federated-user/bob" };
        Assert.False(Decide(Allow("*"), principal: federated).Allowed);
        Assert.True(Decide(Allow("*"), principal: federated with { SessionPolicies = [Allow("s3:*")] }).Allowed);
    }

    [Fact]
    public void Within_an_account_either_policy_is_enough()
    {
        Assert.True(Decide(Allow("*")).Allowed);
        Assert.True(Decide(resource: Resource(Aws(Alice.Arn))).Allowed);
        Assert.True(Decide(resource: Resource("\"*\"")).Allowed);
        Assert.False(Decide(resource: Resource(Aws($"arn:aws:iam::{Account}:user/bob"))).Allowed);
    }

    [Theory]
    [InlineData(Account)]
    [InlineData($"arn:aws:iam::{Account}:root")]
    public void Naming_the_account_hands_the_question_on_to_identity_policies(string principal)
    {
        Assert.False(Decide(resource: Resource(Aws(principal))).Allowed);
        Assert.True(Decide(Allow("*"), Resource(Aws(principal))).Allowed);
    }

    [Fact]
    public void Across_accounts_both_must_allow()
    {
        Assert.False(Decide(Allow("*"), target: Foreign).Allowed);
        Assert.False(Decide(resource: Resource(Aws(Alice.Arn)), target: Foreign).Allowed);
        Assert.True(Decide(Allow("*"), Resource(Aws(Alice.Arn)), target: Foreign).Allowed);
        Assert.True(Decide(Allow("*"), Resource(Aws(Account)), target: Foreign).Allowed);
        Assert.False(Decide(Allow("*"), Resource(Aws("333333333333")), target: Foreign).Allowed);
    }

    [Fact]
    public void Naming_the_user_or_the_session_itself_passes_by_boundary_and_session_policies()
    {
        var limited = Session with { SessionPolicies = [Allow("iam:*")] };
        Assert.True(Decide(resource: Resource(Aws(limited.Arn)), principal: limited, boundary: Allow("iam:*")).Allowed);
        Assert.False(Decide(resource: Resource(Aws(limited.RoleArn!)), principal: limited).Allowed);
        Assert.True(Decide(resource: Resource(Aws(limited.RoleArn!)), principal: Session).Allowed);
        Assert.False(Decide(resource: Resource(Aws(limited.RoleArn!)), principal: Session, boundary: Allow("iam:*")).Allowed);
        Assert.True(Decide(resource: Resource(Aws(Alice.Arn)), boundary: Allow("iam:*")).Allowed);
    }

    [Fact]
    public void NotPrincipal_spares_those_it_names()
    {
        var policy = Document($$"""{"Effect":"Deny","NotPrincipal":{"AWS":["{{Alice.Arn}}","arn:aws:iam::{{Account}}:root"]},"Action":"*","Resource":"*"}""");
        Assert.True(Decide(Allow("*"), policy).Allowed);
        Assert.False(Decide(Allow("*"), policy, principal: Session).Allowed);
    }

    [Fact]
    public void Root_may_do_all_in_its_account_unless_a_resource_denies_it()
    {
        var root = Principal.Root(AccountId.Parse(Account));
        Assert.True(Decide(principal: root).Allowed);
        Assert.False(Decide(resource: Resource("\"*\"", "Deny"), principal: root).Allowed);
        Assert.False(Decide(principal: root, target: Foreign).Allowed);
        Assert.True(Decide(resource: Resource(Aws(Account)), principal: root, target: Foreign).Allowed);
    }

    [Fact]
    public void A_service_needs_the_policy_of_a_resource_that_has_one()
    {
        var sns = Principal.Service("sns.amazonaws.com", AccountId.Parse(Account));
        Assert.False(Decide(principal: sns, action: "sqs:SendMessage").Allowed);
        Assert.True(Decide(resource: Resource("""{"Service":"sns.amazonaws.com"}"""), principal: sns, action: "sqs:SendMessage").Allowed);
        Assert.False(Decide(resource: Resource("""{"Service":"s3.amazonaws.com"}"""), principal: sns, action: "sqs:SendMessage").Allowed);
        Assert.True(Decide(principal: sns, action: "logs:PutLogEvents", target: $"arn:aws:logs:us-east-1:{Account}:log-group:g").Allowed);
        Assert.False(Decide(principal: sns, action: "logs:PutLogEvents", target: "arn:aws:logs:us-east-1:222222222222:log-group:g").Allowed);
    }

    [Fact]
    public void Api_gateway_lends_its_customer_no_rights()
    {
        var gateway = Principal.Service("apigateway.amazonaws.com", AccountId.Parse(Account));
        Assert.False(Decide(principal: gateway, action: "dynamodb:PutItem", target: $"arn:aws:dynamodb:us-east-1:{Account}:table/t").Allowed);
        Assert.False(Decide(principal: gateway, action: "iam:CreateUser", target: $"arn:aws:iam::{Account}:user/eve").Allowed);
        Assert.True(Decide(resource: Resource("""{"Service":"apigateway.amazonaws.com"}"""), principal: gateway, action: "sqs:SendMessage").Allowed);
    }

    [Fact]
    public void A_role_is_assumed_by_those_it_trusts_alone()
    {
        const string Role = $"arn:aws:iam::{Account}:role/app";
        Assert.False(Decide(Allow("*"), action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.False(Decide(Allow("*"), Trust("""{"Service":"lambda.amazonaws.com"}"""), action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.True(Decide(resource: Trust(Aws(Alice.Arn)), action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.False(Decide(resource: Trust(Aws(Account)), action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.True(Decide(Allow("sts:*"), Trust(Aws(Account)), action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        var lambda = Principal.Service("lambda.amazonaws.com", AccountId.Parse(Account));
        Assert.True(Decide(resource: Trust("""{"Service":"lambda.amazonaws.com"}"""), principal: lambda, action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.False(Decide(resource: Trust(Aws(Account)), principal: lambda, action: "sts:AssumeRole", target: Role, trust: true).Allowed);
        Assert.False(Decide(principal: lambda, action: "sts:AssumeRole", target: Role, trust: true).Allowed);

        static AttachedPolicy Trust(string principal) =>
            Document($$"""{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"}""");
    }

    [Fact]
    public void A_policy_that_cannot_be_read_allows_nothing()
    {
        Assert.False(Decide(new AttachedPolicy("broken", "{")).Allowed);
        Assert.False(Decide(Allow("*"), boundary: new AttachedPolicy("broken", "{}")).Allowed);
    }

    [Fact]
    public void Explanations_say_why_each_statement_does_not_apply()
    {
        var policy = Document(
            """
            {"Sid":"action","Effect":"Allow","Action":"sqs:*","Resource":"*"},
            {"Sid":"resource","Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b"},
            {"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}
            """);
        var traces = Explanation.Of(
            new PolicyRequest(Alice, "s3:GetObject", Own, Conditions.ConditionKeys.None), new IdentityPolicies([policy], null), ResourceFacts.None);
        Assert.Equal(
            [
                "action: Action sqs:* does not cover s3:GetObject",
                $"resource: Resource arn:aws:s3:::b does not cover {Own}",
                "#3: Bool aws:SecureTransport wants true and the request has no such key",
            ],
            traces.Single().Statements.Select(statement => $"{statement.Statement}: {statement.Why}"));
    }
}
