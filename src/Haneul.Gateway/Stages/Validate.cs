namespace Haneul.Gateway.Stages;

/// <summary>Stage 6: the bounds that the model sets, all violations at once.</summary>
internal static class Validate
{
    public static void Run(GatewayRequest request) => request.Error = request.Service!.Check(request.Row!.Operation, request.Input!) ?? request.Error;
}
