using Haneul.Kernel.Errors;
using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Operations;

/// <summary>One operation of a service model.</summary>
public abstract class Operation(string name, Schema input, Schema output)
{
    /// <summary>The name on the wire, such as <c>GetItem</c>.</summary>
    public string Name { get; } = name;

    public Schema Input { get; } = input;

    public Schema Output { get; } = output;

    /// <summary>The service; set when the service's model is built.</summary>
    public ServiceModel Service { get; internal set; } = null!;

    public HttpBinding? Http { get; init; }

    /// <summary>The element around the result in query answers, such as <c>ListUsersResult</c>.</summary>
    public string? ResultWrapper { get; init; }

    public IReadOnlyList<ErrorShape> Errors { get; init; } = [];

    /// <summary>The model asks for no signature.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Reads this operation's input.</summary>
    public abstract IShape ReadInput(ShapeReader reader);

    /// <summary>Reads this operation's output; for clients inside the cloud and for tests.</summary>
    public abstract IShape ReadOutput(ShapeReader reader);

    public override string ToString() => $"{Service?.Id}:{Name}";
}

/// <summary>An operation with the types of its input and output.</summary>
public sealed class Operation<TInput, TOutput>(string name, Schema input, Schema output) : Operation(name, input, output)
    where TInput : class, IShape<TInput>
    where TOutput : class, IShape<TOutput>
{
    public override IShape ReadInput(ShapeReader reader) => TInput.Read(reader);

    public override IShape ReadOutput(ShapeReader reader) => TOutput.Read(reader);
}
