namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>What templates do with values of any kind.</summary>
internal static class JavaValues
{
    /// <summary>Everything but null and false is true, the empty text and zero too.</summary>
    public static bool IsTrue(object? value) => value is not (null or false or VelocityNothing);

    public static bool AreEqual(object? a, object? b)
    {
        if (a is VelocityNothing || b is VelocityNothing)
        {
            return IsNothing(a) && IsNothing(b);
        }

        if (a is null || b is null || ReferenceEquals(a, b))
        {
            return ReferenceEquals(a, b);
        }

        // Values of different kinds are equal if their texts are.
        return JavaNumbers.Compare(a, b) is { } order ? order == 0 : JavaText.Of(a) == JavaText.Of(b);
    }

    /// <summary>What a loop walks over; null for what is no collection.</summary>
    public static IEnumerable<object?>? Items(object? value) => value switch
    {
        VelocityList list => list.Items,
        VelocityMap map => map.Entries.Values,
        _ => null,
    };

    public static object? Property(object owner, string name)
    {
        switch (owner)
        {
            case VelocityMap map when map.Contains(name) || map.Missing is not null:
                return map.Find(name);
            case IVelocityObject found:
                return found.Get(name);
            case VelocityNothing:
                return owner;
            default:
                // Java's properties: getName() or isName().
                var capital = char.ToUpperInvariant(name[0]) + name[1..];
                return owner is VelocityMap ? null : Invoke(owner, "get" + capital, []) ?? Invoke(owner, "is" + capital, []);
        }
    }

    /// <summary>Null where there is no such method, or it returns nothing.</summary>
    /// <exception cref="VelocityException">The method failed.</exception>
    public static object? Invoke(object owner, string method, object?[] arguments)
    {
        // Every object of Java has these.
        switch (method, arguments)
        {
            case ("toString", []):
                return JavaText.Of(owner);
            case ("equals", [var other]):
                return owner is string == other is string && JavaNumbers.IsNumber(owner) == JavaNumbers.IsNumber(other) && AreEqual(owner, other);
            case ("hashCode", []):
                return (long)TextMethods.Hash(JavaText.Of(owner));
        }

        return owner switch
        {
            string text => TextMethods.Invoke(text, method, arguments),
            VelocityList list => ListMethods.Invoke(list, method, arguments),
            VelocityMap map => MapMethods.Invoke(map, method, arguments),
            IVelocityObject found => found.Invoke(method, arguments),
            VelocityNothing => method is "length" or "size" ? 0L : method is "isEmpty" ? true : owner,
            _ => NumberMethods.Invoke(owner, method, arguments),
        };
    }

    private static bool IsNothing(object? value) => value is null or VelocityNothing or "";
}
