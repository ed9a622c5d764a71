using System.Collections.Frozen;

namespace Haneul.Policy.Evaluation;

/// <summary>Where a service may not act on its customer's resource unless that resource's policy lets it in.</summary>
internal static class ServiceGrants
{
    private static readonly FrozenSet<string> s_actions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "lambda:InvokeFunction", "sqs:SendMessage", "sns:Publish", "s3:PutObject");

    // What it calls is its customer's to write, so it would lend him rights that he does not have.
    private const string Caller = "apigateway.amazonaws.com";

    public static bool NeedPolicy(PolicyRequest request) => s_actions.Contains(request.Action) || request.Principal.Arn == Caller;

    /// <summary>
    /// A service acts on a resource of its own, such as Lambda invoking a function that reads a queue; so does the auto scaling of that service.
    /// </summary>
    public static bool IsOwn(PolicyRequest request)
    {
        var prefix = request.Action.AsSpan(0, Math.Max(0, request.Action.IndexOf(':')));
        var service = request.Principal.Arn.AsSpan();
        return service.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && service[prefix.Length..] is ".amazonaws.com" or ".application-autoscaling.amazonaws.com";
    }
}
