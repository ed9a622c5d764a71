using System.Buffers.Text;
using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.AutoScaling;

/// <summary>Cuts pages of 50, or of what was asked for, out of what was found.</summary>
internal sealed class ScalingPage<T>
{
    private const int Most = 50;

    private ScalingPage(IReadOnlyList<T> items, string? next) => (Items, Next) = (items, next);

    public IReadOnlyList<T> Items { get; }

    public string? Next { get; }

    /// <param name="found">All, in the order of the pages, each with what tells it from the others.</param>
    /// <param name="limit">The caller's limit.</param>
    /// <param name="token">The caller's token.</param>
    /// <param name="error">What is wrong with limit or token.</param>
    public static ScalingPage<T>? Cut(IReadOnlyList<(byte[] Key, T Record)> found, int? limit, string? token, out ServiceError? error)
    {
        error = null;
        if (limit is < 1 or > Most)
        {
            error = ScalingFaults.Validation($"MaxResults must be between 1 and {Most}");
            return null;
        }

        var start = 0;
        if (token is not null && (start = Position(found, token)) < 0)
        {
            error = AutoScalingErrors.InvalidNextTokenException.With("The pagination token is invalid.");
            return null;
        }

        var items = found.Skip(start).Take(limit ?? Most).ToList();
        var next = start + items.Count < found.Count ? Base64Url.EncodeToString(items[^1].Key) : null;
        return new ScalingPage<T>([.. items.Select(item => item.Record)], next);
    }

    private static int Position(IReadOnlyList<(byte[] Key, T Record)> found, string token)
    {
        try
        {
            var key = Base64Url.DecodeFromChars(token);
            for (var i = 0; i < found.Count; i++)
            {
                if (found[i].Key.AsSpan().SequenceEqual(key))
                {
                    return i + 1;
                }
            }
        }
        catch (FormatException)
        {
            // Not one of ours.
        }

        return -1;
    }
}
