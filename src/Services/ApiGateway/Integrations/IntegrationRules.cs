using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// What an integration may be: a Lambda proxy.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
internal static class IntegrationRules
{
    public const int DefaultTimeout = 30_000;

    /// <summary>The integration that quick create makes.</summary>
    public static ApiIntegration Managed(string id, string target) => new()
    {
        ApiGatewayManaged = true,
        ConnectionType = ConnectionType.Internet,
        IntegrationId = id,
        IntegrationMethod = "POST",
        IntegrationType = IntegrationType.AwsProxy,
        IntegrationUri = target,
        PayloadFormatVersion = "2.0",
        TimeoutInMillis = DefaultTimeout,
    };

    public static ServiceError? Refusal(ApiIntegration integration)
    {
        if (integration.IntegrationType != IntegrationType.AwsProxy)
        {
            return ApiGatewayV2Errors.BadRequestException.With($"Haneul does not support integrationType {integration.IntegrationType} of integrations yet.");
        }

        if (integration.ConnectionType is not (null or ConnectionType.Internet))
        {
            return ApiGatewayV2Errors.BadRequestException.With($"Haneul does not support connectionType {integration.ConnectionType} of integrations yet.");
        }

        if (integration.PayloadFormatVersion is not ("1.0" or "2.0"))
        {
            return ApiGatewayV2Errors.BadRequestException.With("PayloadFormatVersion must be 1.0 or 2.0.");
        }

        if (integration.TimeoutInMillis is < 50 or > DefaultTimeout)
        {
            return ApiGatewayV2Errors.BadRequestException.With("Timeout should be between 50 ms and 30000 ms.");
        }

        return integration.IntegrationUri is { } uri && FunctionUri.Parse(uri) is not null
            ? null
            : ApiGatewayV2Errors.BadRequestException.With("Invalid integration URI specified. An AWS_PROXY integration takes the ARN of a Lambda function.");
    }

    public static ServiceException Missing(string integrationId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Integration identifier specified {integrationId}").ToException();
}
