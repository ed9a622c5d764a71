namespace Haneul.Compute;

/// <summary>The machine would not do what a sandbox needs; the message says what, for the operator.</summary>
public sealed class SandboxException : Exception
{
    public SandboxException(string message)
        : base(message)
    {
    }

    public SandboxException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
