namespace Haneul.Kernel.Shapes;

/// <summary>What a shape is, in the words of AWS's service models.</summary>
public enum ShapeKind : byte
{
    Structure,
    List,
    Map,
    String,
    Blob,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Timestamp,
}
