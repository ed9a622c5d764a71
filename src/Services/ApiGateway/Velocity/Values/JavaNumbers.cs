using System.Numerics;

namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>Arithmetic: whole numbers stay whole and grow as they must; a fraction on either side makes fractions.</summary>
internal static class JavaNumbers
{
    private const int MaxBits = 4096;

    /// <summary>Null, as in Velocity, for what is no number and for divisions by zero.</summary>
    public static object? Calculate(object? a, char operation, object? b)
    {
        if (a is double || b is double)
        {
            return Double(a) is { } x && Double(b) is { } y ? Calculate(x, operation, y) : null;
        }

        if (Whole(a) is not { } left || Whole(b) is not { } right || (right.IsZero && operation is '/' or '%' && right.IsZero))
        {
            return null;
        }

        var result = operation switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            '/' => BigInteger.Divide(left, right),
            _ => BigInteger.Remainder(left, right),
        };
        if (result.GetBitLength() > MaxBits)
        {
            throw new VelocityException("A number is too large.");
        }

        return result >= long.MinValue && result <= long.MaxValue ? (long)result : result;
    }

    /// <summary>Below, equal to or above zero; null, which is neither, where one is no number.</summary>
    public static int? Compare(object? a, object? b)
    {
        if (Whole(a) is { } left && Whole(b) is { } right)
        {
            return left.CompareTo(right);
        }

        return Double(a) is { } x && Double(b) is { } y ? x.CompareTo(y) : null;
    }

    public static bool IsNumber(object? value) => value is long or double or BigInteger;

    public static double? Double(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        BigInteger big => (double)big,
        _ => null,
    };

    private static BigInteger? Whole(object? value) => value switch
    {
        long whole => whole,
        BigInteger big => big,
        _ => null,
    };

    private static object? Calculate(double a, char operation, double b) => operation switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        _ when b == 0 => null,
        '/' => a / b,
        _ => a % b,
    };
}
