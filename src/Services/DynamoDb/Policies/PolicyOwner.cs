using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Policies;

/// <summary>What a policy is for: a table, or one of its streams.</summary>
/// <param name="Arn">As the request has it.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Stream">The stream's label, or null for the table.</param>
internal sealed record PolicyOwner(string Arn, string Table, string? Stream)
{
    /// <summary>The table or stream of the caller's own account and region that an ARN names.</summary>
    public static PolicyOwner Of(string arn, CallContext context)
    {
        DynamoErrors.ThrowIf(!arn.StartsWith("arn:", StringComparison.Ordinal), $"{DynamoErrors.Parameters}ARNs must start with 'arn:': {arn}");
        var known = TableArn.TryParse(arn, out var account, out var region, out var table);
        DynamoErrors.ThrowIf(
            known && account != context.Account, "This action is only supported by accounts that match the resource owner’s account.");
        var path = known ? arn.Split('/') : [];
        DynamoErrors.ThrowIf(
            region != context.Region || path is not ([_, _] or [_, _, "stream", _]), $"{DynamoErrors.Parameters}Invalid resource Arn: {arn}");
        return new PolicyOwner(arn, table, path.ElementAtOrDefault(3));
    }

    /// <summary>The owner's policy in its table's record.</summary>
    public PolicyRecord? Find(TableRecord table)
    {
        if (Stream is null)
        {
            return table.Policy;
        }

        if (table.Stream?.Label != Stream)
        {
            throw DynamoDbErrors.ResourceNotFoundException.With($"Requested resource not found: Stream: {Arn} not found").ToException();
        }

        return table.StreamPolicy;
    }

    public TableRecord With(TableRecord table, PolicyRecord? policy) =>
        Stream is null ? table with { Policy = policy } : table with { StreamPolicy = policy };
}
