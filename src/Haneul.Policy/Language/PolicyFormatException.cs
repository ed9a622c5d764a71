namespace Haneul.Policy.Language;

/// <summary>The text is not a policy. The message says where and why, for people; services answer in AWS's words.</summary>
public sealed class PolicyFormatException(string message) : Exception(message)
{
    /// <summary>The text is not even JSON.</summary>
    public bool NotJson { get; init; }
}
