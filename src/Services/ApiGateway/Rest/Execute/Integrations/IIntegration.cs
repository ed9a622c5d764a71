namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>One way to answer requests. Latency, timeout and the mapping of answers are the caller's.</summary>
internal interface IIntegration
{
    /// <param name="call">The request.</param>
    /// <param name="request">What it was mapped to.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<IntegrationOutcome> RunAsync(RestCall call, IntegrationRequest request, CancellationToken cancel);
}
