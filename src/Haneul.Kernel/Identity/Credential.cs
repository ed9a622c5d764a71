namespace Haneul.Kernel.Identity;

/// <summary>An issued access key: what signatures are checked with and who they speak for.</summary>
public sealed record Credential
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required Principal Principal { get; init; }

    /// <summary>Inactive keys are refused as unknown ones are.</summary>
    public bool Active { get; init; } = true;

    /// <summary>The token that must come with temporary credentials.</summary>
    public string? SessionToken { get; init; }

    public DateTimeOffset? Expires { get; init; }

    // Secrets must not reach logs through a record's generated text.
    public override string ToString() => $"Credential {AccessKeyId} of {Principal.Arn}";
}
