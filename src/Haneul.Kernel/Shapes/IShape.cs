namespace Haneul.Kernel.Shapes;

/// <summary>A structure of a service contract: one walk writes it, whatever the protocol.</summary>
public interface IShape
{
    Schema Schema { get; }

    /// <summary>Writes the structure: its members that are set, in the order of the model.</summary>
    void Write(ShapeWriter writer);
}

/// <summary>A structure that can be read as well.</summary>
public interface IShape<TSelf> : IShape
    where TSelf : class, IShape<TSelf>
{
    /// <summary>Reads one structure; unknown members are ignored, absent ones stay null.</summary>
    static abstract TSelf Read(ShapeReader reader);
}
