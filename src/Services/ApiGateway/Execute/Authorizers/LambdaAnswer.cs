using System.Text.Json;
using Haneul.Kernel.Identity;
using Haneul.Policy.Evaluation;
using Haneul.Policy.Language;

namespace Haneul.ApiGateway.Execute.Authorizers;

/// <summary>
/// What an authorizer's function answered: a policy, or yes or no. It says who may call which methods, so one answer serves many requests.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html"/>
/// </summary>
internal sealed record LambdaAnswer
{
    /// <summary>The longest answer.</summary>
    public const int MaxBytes = 8 * 1024;

    private const string Action = "execute-api:Invoke";

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    public AttachedPolicy? Policy { get; private init; }

    public bool IsAuthorized { get; private init; }

    public string? PrincipalId { get; private init; }

    public IReadOnlyList<KeyValuePair<string, JsonElement>>? Context { get; private init; }

    public string? UsageIdentifierKey { get; private init; }

    /// <summary>Null if the function's answer has not the form that the authorizer asks for.</summary>
    public static LambdaAnswer? Parse(ReadOnlyMemory<byte> payload, bool simple, bool nestedContext)
    {
        if (payload.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, s_options);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root ? Parse(root, simple, nestedContext) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or PolicyFormatException)
        {
            // No JSON, no text or no policy.
            return null;
        }
    }

    /// <summary>What the answer means for one method.</summary>
    public AuthorizerVerdict Decide(AuthorizerCall call)
    {
        var decision = Policy is null ? default : Evaluate(Policy, call);
        var allowed = Policy is null ? IsAuthorized : decision.Allowed;
        return new AuthorizerVerdict(allowed ? AuthorizerDecision.Allowed : AuthorizerDecision.Denied)
        {
            ExplicitDeny = Policy is not null && decision is { Allowed: false, Explicit: true },
            PrincipalId = PrincipalId,
            Policy = Policy?.Document,
            Context = Context,
            UsageIdentifierKey = UsageIdentifierKey,
        };
    }

    private static LambdaAnswer? Parse(JsonElement root, bool simple, bool nestedContext)
    {
        if (!TryContext(root, nestedContext, out var context))
        {
            return null;
        }

        var principal = Text(root, "principalId");
        if (simple)
        {
            return root.TryGetProperty("isAuthorized", out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? new LambdaAnswer { IsAuthorized = flag.GetBoolean(), Context = context, PrincipalId = principal }
                : null;
        }

        if (principal is null || !root.TryGetProperty("policyDocument", out var policy) || policy.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var text = policy.GetRawText();
        PolicyDocument.Parse(text);
        return new LambdaAnswer
        {
            Policy = new AttachedPolicy("authorizer", text),
            PrincipalId = principal,
            Context = context,
            UsageIdentifierKey = Text(root, "usageIdentifierKey"),
        };
    }

    private static bool TryContext(JsonElement root, bool nested, out IReadOnlyList<KeyValuePair<string, JsonElement>>? context)
    {
        context = null;
        if (!root.TryGetProperty("context", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var values = new List<KeyValuePair<string, JsonElement>>();
        foreach (var property in element.EnumerateObject())
        {
            if (!nested && property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return false;
            }

            if (property.Value.ValueKind == JsonValueKind.String)
            {
                // Text that is none must not come as far as the integration.
                _ = property.Value.GetString();
            }

            values.RemoveAll(other => other.Key == property.Name);
            values.Add(new(property.Name, property.Value.Clone()));
        }

        context = values;
        return true;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private Decision Evaluate(AttachedPolicy policy, AuthorizerCall call)
    {
        // A user of the API's account who has this one policy.
        var account = AccountId.Parse(call.Account);
        var principal = new Principal { Kind = PrincipalKind.User, Account = account, Arn = PrincipalId!, UserId = PrincipalId! };
        var request = new PolicyRequest(principal, Action, call.MethodArn, new CallKeys(call, PrincipalId!)) { ResourceAccount = call.Account };
        return PolicyEvaluator.Decide(request, new IdentityPolicies([policy], Boundary: null), ResourceFacts.None);
    }
}
