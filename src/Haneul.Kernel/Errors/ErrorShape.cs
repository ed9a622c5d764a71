using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Errors;

/// <summary>An error that a service model lists: its code on the wire, its HTTP status and whose fault it is.</summary>
/// <param name="Name">The shape's name, which is the code in JSON protocols.</param>
/// <param name="Code">The code of query and XML protocols, and of query-compatible JSON services.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Sender">True when the client is at fault.</param>
public sealed record ErrorShape(string Name, string Code, int Status, bool Sender)
{
    public ErrorShape(string name, int status)
        : this(name, name, status, status < 500)
    {
    }

    /// <summary>The wire name of the text member: <c>message</c> or <c>Message</c>, as the model spells it.</summary>
    public string MessageMember { get; init; } = "message";

    /// <summary>The error also says in a member <c>Type</c> whose fault it is: <c>User</c> or <c>Service</c>.</summary>
    public bool HasType { get; init; }

    public ServiceError With(string? message) => new(this, message);

    /// <param name="message">The text, as AWS words it.</param>
    /// <param name="details">The error's further members; its schema is the error shape's.</param>
    public ServiceError With(string? message, IShape details) => new(this, message, details);
}
