namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>A list, which templates can change.</summary>
/// <param name="items">Its items.</param>
/// <param name="isJson">It comes from JSON, so its text is JSON too; that of other lists is Java's.</param>
internal sealed class VelocityList(List<object?> items, bool isJson = false)
{
    private const int MaxLength = 100_000;

    public List<object?> Items => items;

    public bool IsJson => isJson;

    public object? At(long index) =>
        index >= 0 && index < items.Count ? items[(int)index] : throw new VelocityException($"Index {index} is outside of a list of {items.Count}.");

    /// <returns>What was there.</returns>
    public object? Set(long index, object? value)
    {
        var before = At(index);
        items[(int)index] = value;
        return before;
    }

    public void Insert(long index, params IReadOnlyList<object?> added)
    {
        if (index < 0 || index > items.Count)
        {
            throw new VelocityException($"Index {index} is outside of a list of {items.Count}.");
        }

        if (items.Count + added.Count > MaxLength)
        {
            throw new VelocityException($"A list has more than {MaxLength} items.");
        }

        items.InsertRange((int)index, [.. added]);
    }
}
