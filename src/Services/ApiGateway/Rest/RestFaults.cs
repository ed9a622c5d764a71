using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Rest;

/// <summary>Refusals in the words of AWS, for throwing.</summary>
internal static class RestFaults
{
    public static ServiceException BadRequest(string message) => ApiGatewayV1Errors.BadRequestException.With(message).ToException();

    public static ServiceException NotFound(string message) => ApiGatewayV1Errors.NotFoundException.With(message).ToException();

    public static ServiceException Conflict(string message) => ApiGatewayV1Errors.ConflictException.With(message).ToException();

    public static ServiceException LimitExceeded(string message) => ApiGatewayV1Errors.LimitExceededException.With(message).ToException();

    public static ServiceException NoResource() => NotFound("Invalid Resource identifier specified");

    public static ServiceException NoMethod() => NotFound("Invalid Method identifier specified");

    public static ServiceException NoIntegration() => NotFound("Invalid Integration identifier specified");

    public static ServiceException NoStatusCode() => NotFound("Invalid Response status code specified");

    public static ServiceException NoStage() => NotFound("Invalid stage identifier specified");

    public static ServiceException NoDeployment() => NotFound("Invalid Deployment identifier specified");

    /// <summary>What mapping expressions are refused with.</summary>
    public static ServiceException Mapping(string error) =>
        BadRequest($"Invalid mapping expression specified: Validation Result: warnings : [], errors : [{error}]");

    public static ServiceException Validation(string error) => BadRequest($"Validation Result: warnings : [], errors : [{error}]");
}
