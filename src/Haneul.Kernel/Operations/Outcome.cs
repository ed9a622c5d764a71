using System.Diagnostics.CodeAnalysis;
using Haneul.Kernel.Errors;

namespace Haneul.Kernel.Operations;

/// <summary>What a handler gives back: an output or an error.</summary>
public readonly struct Outcome<T>
    where T : class
{
    private Outcome(T? value, ServiceError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public ServiceError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(ServiceError error) => new(null, error);

    internal static Outcome<T> From(T value) => new(value, null);

    /// <summary>The value, or the error as an exception.</summary>
    /// <exception cref="ServiceException">The outcome is an error.</exception>
    public T OrThrow() => Succeeded ? Value : throw Error.ToException();
}

/// <summary>Makes outcomes where the compiler cannot convert, which is for interfaces.</summary>
public static class Outcome
{
    public static Outcome<T> Of<T>(T value)
        where T : class => Outcome<T>.From(value);
}
