using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// Calls an operation of any service of this cloud with the mapped request, as the integration's role or the caller.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-aws-proxy.html"/>
/// </summary>
internal sealed class ServiceIntegration(IServiceCalls services, IntegrationCallers callers) : IIntegration
{
    public async ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel)
    {
        if (ServiceUri.Parse(request.Uri) is not { } target || IntegrationUri.HasDotParts(target.Path))
        {
            call.Log?.Error("Execution failed due to configuration error: Invalid integration URI: " + request.Uri);
            return GatewayFault.Internal;
        }

        if (await callers.FindAsync(call, call.Integration.Credentials, cancel) is not { } caller)
        {
            return GatewayFault.Internal;
        }

        var headers = request.Headers.ToList();
        if (request.Body.Length > 0)
        {
            AddUnless(headers, "Content-Type", "application/json");
        }

        AddUnless(headers, "Accept", "application/json");
        AddUnless(headers, "User-Agent", "AmazonAPIGateway_" + call.ApiId);
        var query = target.Query.Length == 0 ? request.QueryText : request.Query.Count == 0 ? target.Query : $"{target.Query}&{request.QueryText}";
        var answer = await services.CallAsync(
            new ServiceRequest
            {
                Service = target.Service,
                Action = target.Action,
                Method = request.Method,
                Path = target.Path,
                Query = query,
                Headers = headers,
                Body = request.Body,
            },
            InRegion(caller, target.Region),
            cancel);
        return new RestAnswer(answer.Status, answer.Headers, answer.Body);
    }

    private static CallContext InRegion(CallContext caller, string name) =>
        caller.Region.Name == name || !Region.TryParse(name, out var region)
            ? caller
            : new CallContext
            {
                Principal = caller.Principal,
                Region = region,
                RequestId = caller.RequestId,
                Time = caller.Time,
                Endpoint = caller.Endpoint,
                SourceArn = caller.SourceArn,
                SourceAccount = caller.SourceAccount,
            };

    private static void AddUnless(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        if (!headers.Exists(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(name, value));
        }
    }
}
