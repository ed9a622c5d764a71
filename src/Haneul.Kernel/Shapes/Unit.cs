namespace Haneul.Kernel.Shapes;

/// <summary>The input or output of an operation that the model gives none.</summary>
public sealed class Unit : IShape<Unit>
{
    public static Unit Value { get; } = new();

    Schema IShape.Schema => Schema.Unit;

    public static Unit Read(ShapeReader reader)
    {
        reader.BeginStructure(Schema.Unit);
        while (reader.NextMember() >= 0)
        {
        }

        return Value;
    }

    public void Write(ShapeWriter writer)
    {
        writer.BeginStructure(Schema.Unit);
        writer.EndStructure();
    }
}
