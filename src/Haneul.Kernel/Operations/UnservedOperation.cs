namespace Haneul.Kernel.Operations;

/// <summary>An operation that AWS has and this product does not serve: known by name, so that a refusal can say so.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Http">Its route in the REST protocols.</param>
public sealed record UnservedOperation(string Name, HttpBinding? Http = null);
