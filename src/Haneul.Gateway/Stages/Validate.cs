using Haneul.Kernel.Shapes.Validation;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 6: the bounds that the model sets, all violations at once.</summary>
internal static class Validate
{
    public static void Run(GatewayRequest request)
    {
        if (Validator.Check(request.Input!) is { } violations)
        {
            request.Error = request.Service!.ValidationError.With(violations);
        }
    }
}
