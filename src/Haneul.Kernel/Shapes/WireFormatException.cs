namespace Haneul.Kernel.Shapes;

/// <summary>Bytes that are not what the protocol or the schema asks for. Becomes the protocol's own serialization error.</summary>
public sealed class WireFormatException : Exception
{
    public WireFormatException(string message)
        : base(message)
    {
    }

    public WireFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
