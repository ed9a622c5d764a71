using Haneul.DynamoDb.Contracts;
using Haneul.DynamoDb.Values;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Transactions;

/// <summary>Why a transaction was given up, one reason for each of its parts, in their order.</summary>
internal sealed class CancellationReasons(int count)
{
    private static readonly CancellationReason s_none = new() { Code = "None" };

    private readonly CancellationReason?[] _reasons = new CancellationReason?[count];

    public bool Any => Array.Exists(_reasons, reason => reason is not null);

    /// <summary>An error of one part alone.</summary>
    public void Refused(int part, ServiceError error) => _reasons[part] = new CancellationReason
    {
        Code = error.Shape.Name switch
        {
            "ProvisionedThroughputExceededException" => "ProvisionedThroughputExceeded",
            "ThrottlingException" or "RequestLimitExceeded" => "ThrottlingError",
            "ItemCollectionSizeLimitExceededException" => "ItemCollectionSizeLimitExceeded",
            _ => "ValidationError",
        },
        Message = error.Message,
    };

    /// <param name="part">Which part.</param>
    /// <param name="item">The item, if it was asked for.</param>
    public void ConditionFailed(int part, AttributeMap? item) => _reasons[part] = new CancellationReason
    {
        Code = "ConditionalCheckFailed",
        Message = DynamoErrors.ConditionFailed.Message,
        Item = item,
    };

    public void DuplicateItem(int part, string message) => _reasons[part] = new CancellationReason { Code = "DuplicateItem", Message = message };

    public ServiceError Error()
    {
        CancellationReason[] reasons = [.. _reasons.Select(reason => reason ?? s_none)];
        return DynamoDbErrors.TransactionCanceledException.With(
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + $"[{string.Join(", ", reasons.Select(reason => reason.Code))}]",
            new TransactionCanceledException { CancellationReasons = reasons });
    }
}
