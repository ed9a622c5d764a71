namespace Haneul.ApiGateway;

/// <summary>What an operator sets about APIs.</summary>
public sealed class ApiGatewayOptions
{
    /// <summary>
    /// Requests a second that an account's APIs take in a region, with bursts of half as many; negative for no limit. AWS gives 10,000 and raises it on
    /// request. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"/>
    /// </summary>
    public double AccountRate { get; init; } = 10_000;
}
