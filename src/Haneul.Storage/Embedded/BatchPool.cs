namespace Haneul.Storage.Embedded;

/// <summary>Keeps one batch per thread for decisions, so that an update allocates none.</summary>
internal static class BatchPool
{
    // A thread that once wrote a very large batch does not keep its memory.
    private const int KeptSize = 256 * 1024;

    [ThreadStatic]
    private static Batch? s_free;

    public static Batch Rent()
    {
        var batch = s_free ?? new Batch();
        s_free = null;
        return batch;
    }

    public static void Return(Batch batch)
    {
        if (batch.Size <= KeptSize)
        {
            batch.Clear();
            s_free = batch;
        }
    }

    /// <summary>A decision has read the current values: a condition in its batch is a mistake.</summary>
    public static void RefuseConditions(Batch batch)
    {
        if (batch.ConditionCount > 0)
        {
            throw new InvalidOperationException("A decision checks what it reads; conditions belong to batches that are committed as they are.");
        }
    }
}
