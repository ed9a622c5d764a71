using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Logging;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.ApiGateway.Velocity.Values;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>A request on its way through a REST API, and what the steps before have found out. One thread works on it at a time.</summary>
internal sealed class RestCall
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string ApiId { get; init; }

    public required RestSite Site { get; init; }

    /// <summary>What <c>TestInvokeMethod</c> runs in is a stage that nothing else knows.</summary>
    public required Stage Stage { get; init; }

    public required string DeploymentId { get; init; }

    /// <summary>The stage's variables, with a canary's own over them.</summary>
    public required IReadOnlyDictionary<string, string> StageVariables { get; init; }

    public bool IsCanary { get; init; }

    public required string RequestId { get; init; }

    public required string ExtendedRequestId { get; init; }

    /// <summary>The value of <c>X-Amzn-Trace-Id</c>.</summary>
    public required string TraceId { get; init; }

    public required string HttpMethod { get; init; }

    /// <summary>Behind the stage, percent-encoded; begins with one slash.</summary>
    public required string Path { get; init; }

    /// <summary>With the stage, as it was sent.</summary>
    public required string RequestPath { get; init; }

    /// <summary>Decoded, in order, with repeats.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>In order, without those that end at the connection; several values of one name are several entries.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; set; }

    public required string Host { get; init; }

    public required string Scheme { get; init; }

    public required string Protocol { get; init; }

    public required string SourceIp { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>By the timer, not the clock: what latencies are measured from.</summary>
    public required long Started { get; init; }

    public required ContextVariables Context { get; init; }

    /// <summary>Null when the stage keeps no execution log for this method.</summary>
    public ExecutionLog? Log { get; set; }

    // Found by routing.
    public Resource Resource { get; set; } = null!;

    public Method Method { get; set; } = null!;

    public IReadOnlyList<KeyValuePair<string, string>> PathParameters { get; set; } = [];

    // Found by authorization.
    public CallContext? Caller { get; set; }

    /// <summary>What an authorizer says about the caller, for events: the same as <c>$context.authorizer</c>.</summary>
    public string? AuthorizerJson { get; set; }

    public string? ApiKeyId { get; set; }

    /// <summary>The key that an authorizer gave, for APIs that take it from there.</summary>
    public string? UsageIdentifierKey { get; set; }

    public Overrides Overrides { get; } = new();

    /// <summary><c>$context</c> for templates, made for the first and kept for the second.</summary>
    public VelocityMap? TemplateContext { get; set; }

    // What the integration did.
    public int? IntegrationStatus { get; set; }

    public TimeSpan? IntegrationLatency { get; set; }

    /// <summary>What the endpoint answered, where that is not yet the answer: functions behind proxies.</summary>
    public ReadOnlyMemory<byte>? EndpointBody { get; set; }

    /// <summary>Why the integration failed, for the execution log.</summary>
    public string? IntegrationError { get; set; }

    /// <summary>Null where no cache was asked.</summary>
    public bool? IsCacheHit { get; set; }

    public bool IsTest { get; init; }

    public RestIntegration Integration => Method.MethodIntegration!;

    public string? Header(string name) => RestAnswer.Last(Headers, name);

    public string? QueryValue(string name)
    {
        for (var i = Query.Count - 1; i >= 0; i--)
        {
            if (Query[i].Key == name)
            {
                return Query[i].Value;
            }
        }

        return null;
    }

    public string? PathParameter(string name)
    {
        foreach (var (key, value) in PathParameters)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The ARN that permissions of functions and policies name: API, stage, method and resource.</summary>
    public string SourceArn => $"arn:aws:execute-api:{Region}:{Account}:{ApiId}/{Stage.StageName}/{Method.HttpMethod}{Resource.Path}";

    /// <summary>The ARN of this very request: its own method and path.</summary>
    public string MethodArn => $"arn:aws:execute-api:{Region}:{Account}:{ApiId}/{Stage.StageName}/{HttpMethod}/{Path.Trim('/')}";
}
