namespace Haneul.Kernel.Operations;

/// <summary>Method, path pattern and success status of an operation in the REST protocols.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Uri">Path with <c>{label}</c> and <c>{greedy+}</c> parts, and fixed query parameters after a question mark.</param>
/// <param name="Status">The status of a success.</param>
public sealed record HttpBinding(string Method, string Uri, int Status = 200);
