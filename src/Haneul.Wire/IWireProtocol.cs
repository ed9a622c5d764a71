using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire;

/// <summary>A protocol: bytes to inputs, outputs and errors to bytes.</summary>
public interface IWireProtocol
{
    Protocol Protocol { get; }

    /// <summary>A reader over the request, for the operation's input.</summary>
    /// <exception cref="WireFormatException">The body is not what the protocol asks for.</exception>
    ShapeReader Read(Operation operation, WireRequest request, RouteLabels labels);

    void Write(Operation operation, IShape output, WireResponse response, string requestId);

    /// <summary>Writes an error; <paramref name="service"/> is null when the service could not be told.</summary>
    void WriteError(ServiceError error, ServiceModel? service, WireResponse response, string requestId);
}
