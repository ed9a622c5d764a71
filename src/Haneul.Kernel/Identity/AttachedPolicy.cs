namespace Haneul.Kernel.Identity;

/// <summary>A policy document and where it comes from. The evaluator keeps its parsed form here, so a document is parsed once.</summary>
/// <param name="id">The managed policy's ARN, or the inline policy's name; printed in explanations.</param>
/// <param name="document">The JSON text.</param>
public sealed class AttachedPolicy(string id, string document)
{
    public string Id { get; } = id;

    public string Document { get; } = document;

    /// <summary>The parsed form, owned by the policy engine.</summary>
    public object? Parsed { get; set; }
}
