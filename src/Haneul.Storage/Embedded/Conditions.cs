namespace Haneul.Storage.Embedded;

/// <summary>Checks what a batch requires.</summary>
internal static class Conditions
{
    /// <summary>The index of the first condition that does not hold, or -1.</summary>
    public static int FirstFailed(IPartitionReader current, Batch batch)
    {
        var conditions = batch.Conditions;
        for (var i = 0; conditions.MoveNext(); i++)
        {
            using var value = current.Get(conditions.Key);
            var holds = conditions.Kind switch
            {
                BatchKind.Absent => !value.Exists,
                BatchKind.Present => value.Exists,
                BatchKind.Equal => value.Exists && value.Span.SequenceEqual(conditions.Value),
                BatchKind.StartsWith => value.Exists && value.Span.StartsWith(conditions.Value),
                _ => throw new InvalidOperationException("Not a condition."),
            };
            if (!holds)
            {
                return i;
            }
        }

        return -1;
    }
}
