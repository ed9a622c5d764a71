using Haneul.Kernel.Identity;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;

namespace Haneul.Policy.Tests;

/// <summary>Short ways to say who asks for what.</summary>
internal static class Requests
{
    public const string Account = "111111111111";

    public static Principal Alice { get; } = new()
    {
        Kind = PrincipalKind.User,
        Account = AccountId.Parse(Account),
        Arn = $"arn:aws:iam::{Account}:user/alice",
        UserId = "AIDAALICE",
        UserName = "alice",
    };

    public static Principal Session { get; } = new()
    {
        Kind = PrincipalKind.AssumedRole,
        Account = AccountId.Parse(Account),
        Arn = $"arn:aws:sts::{Account}:assumed-role/app/one",
        UserId = "AROAAPP:one",
        RoleArn = $"arn:aws:iam::{Account}:role/app",
        SessionName = "one",
    };

    public static AttachedPolicy Document(string statements, string id = "policy") =>
        new(id, $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");

    public static AttachedPolicy Allow(string action, string resource = "*") =>
        Document($$"""{"Sid":"yes","Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""");

    public static Decision Decide(
        AttachedPolicy? identity = null,
        AttachedPolicy? resource = null,
        AttachedPolicy? boundary = null,
        Principal? principal = null,
        string action = "s3:GetObject",
        string target = $"arn:aws:sqs:us-east-1:{Account}:q",
        ConditionKeys? keys = null,
        bool trust = false) =>
        PolicyEvaluator.Decide(
            new PolicyRequest(principal ?? Alice, action, target, keys ?? ConditionKeys.None),
            new IdentityPolicies(identity is null ? [] : [identity], boundary),
            new ResourceFacts(resource, PolicyRequired: trust));

    /// <summary>Whether a condition block lets a request through.</summary>
    public static bool Holds(string condition, ConditionKeys keys) =>
        Decide(Document($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}}}"""), keys: keys).Allowed;
}
