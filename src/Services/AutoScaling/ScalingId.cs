namespace Haneul.AutoScaling;

/// <summary>What is scaled: a service's namespace, a resource in it, and a dimension of that.</summary>
internal sealed record ScalingId(string Namespace, string Resource, string Dimension)
{
    public override string ToString() => $"service namespace: {Namespace}, resource ID: {Resource}, scalable dimension: {Dimension}";

    /// <summary>The resource as ARNs of policies and scheduled actions hold it.</summary>
    public string InArn => $"resource/{Namespace}/{Resource}";
}
