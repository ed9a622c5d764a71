namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>An object that templates see, such as <c>$input</c>.</summary>
internal interface IVelocityObject
{
    /// <summary>The value of a property; null if there is none.</summary>
    object? Get(string name);

    /// <summary>What a method returns; null if there is none.</summary>
    object? Invoke(string method, object?[] arguments);
}
