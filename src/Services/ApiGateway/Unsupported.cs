using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway;

/// <summary>Refuses parameters that would have no effect yet, by name.</summary>
internal static class Unsupported
{
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Names, each with whether it was given.</param>
    public static ServiceError? First(string operation, params ReadOnlySpan<(string Name, bool Given)> parameters)
    {
        foreach (var (name, given) in parameters)
        {
            if (given)
            {
                return ApiGatewayV2Errors.BadRequestException.With($"Haneul does not support {name} of {operation} yet.");
            }
        }

        return null;
    }
}
