using Haneul.Policy.Evaluation;

namespace Haneul.Gateway.Authorization;

/// <summary>The newest decisions with their reasons, in memory: what <c>haneul explain</c> looks up.</summary>
internal sealed class DecisionLog
{
    /// <summary>How many are kept; the oldest goes first.</summary>
    public const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly DecisionRecord?[] _ring = new DecisionRecord?[Capacity];
    private long _count;

    public void Add(DecisionRecord record)
    {
        lock (_gate)
        {
            _ring[_count++ % Capacity] = record;
        }
    }

    /// <summary>The decisions of a request, in their order: one for each permission that was looked at.</summary>
    public IReadOnlyList<DecisionRecord> Find(string requestId)
    {
        lock (_gate)
        {
            var found = new List<DecisionRecord>();
            for (var i = Math.Max(0, _count - Capacity); i < _count; i++)
            {
                if (_ring[i % Capacity] is { } record && record.RequestId == requestId)
                {
                    found.Add(record);
                }
            }

            return found;
        }
    }
}

/// <summary>One decision as it can be told later.</summary>
internal sealed record DecisionRecord
{
    public required string RequestId { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Principal { get; init; }

    public required string Action { get; init; }

    public required string Resource { get; init; }

    public required bool Allowed { get; init; }

    public required string Conclusion { get; init; }

    public required IReadOnlyList<PolicyTrace> Policies { get; init; }
}
