using Haneul.Integration.Metrics;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Integration.Scaling;

/// <summary>What Application Auto Scaling may change of a service's resources. Implemented by services with such resources.</summary>
public interface IScalableDimensions
{
    /// <summary>The namespace, such as <c>dynamodb</c>.</summary>
    string ServiceNamespace { get; }

    /// <summary>The role that services would make for it, such as <c>AWSServiceRoleForApplicationAutoScaling_DynamoDBTable</c>.</summary>
    string ServiceLinkedRole { get; }

    /// <summary>The dimension of a resource, if it is one of this service's.</summary>
    /// <param name="resourceId">Such as <c>table/orders</c>.</param>
    /// <param name="dimension">Such as <c>dynamodb:table:ReadCapacityUnits</c>.</param>
    ScalingDimension? Find(string resourceId, string dimension);

    /// <summary>The present capacity, as the caller may see it.</summary>
    ValueTask<Outcome<ScalableCapacity>> ReadAsync(string resourceId, string dimension, CallContext origin, CancellationToken cancel);

    /// <summary>Sets the capacity as the caller; returns when the change is accepted.</summary>
    ValueTask<Outcome<Unit>> SetAsync(string resourceId, string dimension, int capacity, CallContext origin, CancellationToken cancel);
}

/// <param name="Noun">For sentences: <c>read capacity units</c>.</param>
/// <param name="LeastCapacity">What it cannot go below.</param>
/// <param name="MetricType">The predefined metric of its utilization, such as <c>DynamoDBReadCapacityUtilization</c>.</param>
/// <param name="Namespace">Where its use is measured.</param>
/// <param name="MetricName">The metric of its use, whose sum by second is compared with the capacity.</param>
/// <param name="Dimensions">Of the metric.</param>
public sealed record ScalingDimension(
    string Noun, int LeastCapacity, string MetricType, string Namespace, string MetricName, IReadOnlyList<MetricDimension> Dimensions);

public sealed record ScalableCapacity(int Value);
