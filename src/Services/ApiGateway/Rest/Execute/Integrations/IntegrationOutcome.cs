using Haneul.ApiGateway.Rest.Execute.Answers;

namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>What came of a step: an answer, or why API Gateway answers itself.</summary>
internal readonly struct IntegrationOutcome
{
    private IntegrationOutcome(RestAnswer? answer, GatewayFault? fault) => (Answer, Fault) = (answer, fault);

    public RestAnswer? Answer { get; }

    public GatewayFault? Fault { get; }

    public static implicit operator IntegrationOutcome(RestAnswer answer) => new(answer, null);

    public static implicit operator IntegrationOutcome(GatewayFault fault) => new(null, fault);
}
