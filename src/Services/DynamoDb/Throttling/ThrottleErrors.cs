using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Errors;

namespace Haneul.DynamoDb.Throttling;

/// <summary>Which limit a request was above.</summary>
internal enum LimitKind : byte
{
    /// <summary>The provisioned units.</summary>
    Provisioned,

    /// <summary>What one partition gives; on demand, also what all of them give until they have split further.</summary>
    KeyRange,

    /// <summary>The maximum that the owner set for a table or index on demand.</summary>
    Maximum,

    /// <summary>The quota of every table.</summary>
    Account,
}

/// <summary>
/// Errors with AWS's words and reasons for being slowed down.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing.html"/>
/// </summary>
internal static class ThrottleErrors
{
    private const string TableExceeded =
        "The level of configured provisioned throughput for the table was exceeded. "
        + "Consider increasing your provisioning level with the UpdateTable API.";

    private const string IndexExceeded =
        "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. "
        + "Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";

    private const string Scaling =
        "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again "
        + "shortly. If exceptions persist, check if you have a hot key: "
        + "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

    private const string AboveMaximum = "Throughput exceeds the maximum OnDemandThroughput configured on table or index";

    private const string AboveQuota =
        "Throughput exceeds the current throughput limit for your account. "
        + "Please contact AWS Support at https://aws.amazon.com/support request a limit increase";

    /// <param name="kind">Which limit.</param>
    /// <param name="provisioned">Whether the table has provisioned throughput.</param>
    /// <param name="view">The table or index.</param>
    /// <param name="write">Whether the request writes.</param>
    public static ServiceError Of(LimitKind kind, bool provisioned, MeteredView view, bool write)
    {
        var reasons = new[] { new ThrottlingReason { Reason = Reason(kind, view.IsIndex, write), Resource = view.Arn } };
        if (provisioned)
        {
            return DynamoDbErrors.ProvisionedThroughputExceededException.With(
                view.IsIndex ? IndexExceeded : TableExceeded, new ProvisionedThroughputExceededException { ThrottlingReasons = reasons });
        }

        return kind == LimitKind.Account
            ? DynamoDbErrors.RequestLimitExceeded.With(AboveQuota, new RequestLimitExceeded { ThrottlingReasons = reasons })
            : DynamoDbErrors.ThrottlingException.With(
                kind == LimitKind.Maximum ? AboveMaximum : Scaling, new ThrottlingException { ThrottlingReasons = reasons });
    }

    /// <summary>Whether an error says that a request came too soon.</summary>
    public static bool Is(ServiceError error) =>
        error.Shape == DynamoDbErrors.ProvisionedThroughputExceededException
        || error.Shape == DynamoDbErrors.ThrottlingException
        || error.Shape == DynamoDbErrors.RequestLimitExceeded;

    private static string Reason(LimitKind kind, bool index, bool write) => (index ? "Index" : "Table") + (write ? "Write" : "Read") + kind switch
    {
        LimitKind.Provisioned => "ProvisionedThroughputExceeded",
        LimitKind.KeyRange => "KeyRangeThroughputExceeded",
        LimitKind.Maximum => "MaxOnDemandThroughputExceeded",
        _ => "AccountLimitExceeded",
    };
}
