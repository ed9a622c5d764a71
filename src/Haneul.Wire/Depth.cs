using Haneul.Kernel.Shapes;
using Haneul.Wire.Json;

namespace Haneul.Wire;

/// <summary>Bounds how deep a value may be: shapes that hold themselves are read by recursion, and a stack that ends takes the process with it.</summary>
internal static class Depth
{
    public static void Check(int depth)
    {
        if (depth >= JsonShapeReader.MaxDepth)
        {
            throw new WireFormatException("The value is nested too deep.");
        }
    }
}
