namespace Haneul.Auth;

/// <summary>What of a request a signature covers; no server's types.</summary>
public interface ISignedRequest
{
    string Method { get; }

    /// <summary>The path as it was sent.</summary>
    string RawPath { get; }

    /// <summary>The query as it was sent, without the question mark.</summary>
    string RawQuery { get; }

    /// <summary>The values of a header in their order; empty when it is absent. Names compare without case.</summary>
    IReadOnlyList<string> Header(string name);
}
