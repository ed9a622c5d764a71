using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// What an integration may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html"/>
/// </summary>
internal static class RestIntegrationRules
{
    /// <summary>Milliseconds. Regional and private APIs may ask for up to five minutes, which AWS grants by a quota.</summary>
    public const int UsualTimeout = 29_000;

    private const int LeastTimeout = 50;
    private const int MostTimeout = 300_000;

    public static bool IsHttp(string? type) => type is IntegrationType.Http or IntegrationType.HttpProxy;

    /// <summary>Fills in what AWS fills in and checks the whole.</summary>
    public static void Check(RestIntegration integration, Method method, string resourceId, bool isEdge)
    {
        if (integration.Type != IntegrationType.Mock && string.IsNullOrEmpty(integration.HttpMethod))
        {
            throw RestFaults.BadRequest("Enumeration value for HttpMethod must be non-empty");
        }

        if (integration.HttpMethod is { } httpMethod)
        {
            MethodRules.CheckHttpMethod(httpMethod);
        }

        CheckUri(integration);
        if (IsHttp(integration.Type))
        {
            integration.ConnectionType ??= ConnectionType.Internet;
            if (integration.ConnectionType == ConnectionType.VpcLink && string.IsNullOrEmpty(integration.ConnectionId))
            {
                throw RestFaults.BadRequest("ConnectionId is required for VPC_LINK connection type");
            }
        }

        integration.PassthroughBehavior ??= "WHEN_NO_MATCH";
        if (integration.PassthroughBehavior is not ("WHEN_NO_MATCH" or "WHEN_NO_TEMPLATES" or "NEVER"))
        {
            throw RestFaults.BadRequest("Invalid passthrough behavior specified. Valid values are [WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER]");
        }

        integration.TimeoutInMillis ??= UsualTimeout;
        var most = isEdge ? UsualTimeout : MostTimeout;
        if (integration.TimeoutInMillis < LeastTimeout || integration.TimeoutInMillis > most)
        {
            throw RestFaults.BadRequest($"Timeout should be between {LeastTimeout} ms and {most} ms");
        }

        integration.CacheNamespace ??= resourceId;
        integration.CacheKeyParameters ??= [];
        MappingRules.CheckRequest(integration.RequestParameters, method);
        MappingRules.CheckTemplates(integration.RequestTemplates);
        foreach (var key in integration.CacheKeyParameters)
        {
            if (method.RequestParameters?.ContainsKey(key) != true && integration.RequestParameters?.ContainsKey(key) != true)
            {
                throw RestFaults.BadRequest("Invalid cache key parameter specified");
            }
        }
    }

    private static void CheckUri(RestIntegration integration)
    {
        var uri = integration.Uri ?? "";
        if (IsHttp(integration.Type))
        {
            // What a stage variable stands for is not known yet.
            if (!uri.StartsWith("${stageVariables.", StringComparison.Ordinal)
                && !(uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && uri.Length > "http://".Length)
                && !(uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && uri.Length > "https://".Length))
            {
                throw RestFaults.BadRequest("Invalid HTTP endpoint specified for URI");
            }
        }
        else if (integration.Type is IntegrationType.Aws or IntegrationType.AwsProxy)
        {
            CheckArn(uri, integration.Type);
        }
    }

    // arn:PARTITION:apigateway:REGION:[SUBDOMAIN.]SERVICE:path|action/...
    private static void CheckArn(string uri, string type)
    {
        if (!Arn.TryParse(uri, out var arn) || !arn.Partition.StartsWith("aws", StringComparison.Ordinal))
        {
            throw RestFaults.BadRequest("Invalid ARN specified in the request");
        }

        if (arn.Service != "apigateway" || arn.Account.Length == 0
            || !(arn.Resource.StartsWith("path/", StringComparison.Ordinal) || arn.Resource.StartsWith("action/", StringComparison.Ordinal)))
        {
            throw RestFaults.BadRequest("AWS ARN for integration must contain path or action");
        }

        var isFirehose = arn.Account == "firehose" && arn.Resource is "action/PutRecord" or "action/PutRecordBatch";
        if (type == IntegrationType.AwsProxy && !isFirehose && !(arn.Account == "lambda" && NamesFunction(arn.Resource)))
        {
            throw RestFaults.BadRequest(
                "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.");
        }
    }

    private static bool NamesFunction(string resource)
    {
        const string head = "path/2015-03-31/functions/";
        const string tail = "/invocations";
        const string streaming = "/response-streaming-invocations";
        var end = resource.EndsWith(streaming, StringComparison.Ordinal) ? streaming.Length : tail.Length;
        if (resource.StartsWith("path/2021-11-15/functions/", StringComparison.Ordinal) && end == streaming.Length)
        {
            return resource.Length > head.Length + end;
        }

        if (!resource.StartsWith(head, StringComparison.Ordinal) || !resource.EndsWith(tail, StringComparison.Ordinal)
            || resource.Length <= head.Length + tail.Length)
        {
            return false;
        }

        var function = resource[head.Length..^tail.Length];
        return function.StartsWith("${stageVariables.", StringComparison.Ordinal)
            || (Arn.TryParse(function, out var arn) && arn.Service == "lambda" && arn.Resource.StartsWith("function:", StringComparison.Ordinal));
    }
}
