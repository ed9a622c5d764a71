namespace Haneul.Storage;

/// <summary>How a conditional commit ended. A failed condition is an ordinary answer and wrote nothing.</summary>
public readonly record struct CommitResult
{
    private readonly int _failed;

    private CommitResult(int failed) => _failed = failed;

    /// <summary>All conditions held; the batch is durable.</summary>
    public static CommitResult Done => default;

    public bool Committed => _failed == 0;

    /// <summary>Which condition failed first, counted from zero in the order they were required; -1 if none did.</summary>
    public int FailedCondition => _failed - 1;

    internal static CommitResult Failed(int condition) => new(condition + 1);
}
