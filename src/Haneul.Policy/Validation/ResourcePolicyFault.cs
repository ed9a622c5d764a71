namespace Haneul.Policy.Validation;

/// <summary>What is wrong with a resource's policy; services have words of their own for some of it.</summary>
public enum ResourcePolicyFault
{
    /// <summary>It is no policy, or not one for resources.</summary>
    Document,

    /// <summary>It names a principal that cannot be.</summary>
    Principal,

    /// <summary>It lets everyone in.</summary>
    Unbounded,
}
