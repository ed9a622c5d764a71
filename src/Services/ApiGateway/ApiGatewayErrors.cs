using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway;

/// <summary>Errors that no answer shows: they say in the cloud's log why a request was answered with a 500.</summary>
internal static class ApiGatewayErrors
{
    public static ServiceError NoRoles { get; } = CommonErrors.ServiceUnavailable.With("There are no roles in this cloud: it runs without IAM.");
}
