using Haneul.Wire.Checksums;

namespace Haneul.Gateway.Stages;

/// <summary>Stage 5: bytes become the operation's input.</summary>
internal static class Decode
{
    public static void Run(GatewayRequest request)
    {
        if (RequestChecksum.FindMismatch(request.Wire) is { } header)
        {
            request.Error = RequestChecksum.Mismatch(header);
            return;
        }

        var operation = request.Row!.Operation;
        request.Input = operation.ReadInput(request.Protocol!.Read(operation, request.Wire, request.Labels));
    }
}
