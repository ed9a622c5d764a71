using System.Numerics;
using System.Text;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// A DynamoDB number: up to 38 significant decimal digits, from 1E-130 to 9.99...E+125 and negative.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"/>
/// </summary>
internal readonly partial struct Number : IComparable<Number>
{
    public const int MaxDigits = 38;
    public const int MaxMagnitude = 125;
    public const int MinMagnitude = -130;

    /// <summary>The longest canonical text: a sign, a zero and a point, 130 places and the digits behind.</summary>
    public const int MaxText = 3 + 130 + MaxDigits;

    /// <summary>The longest key form: sign, magnitude, 19 pairs of digits, end.</summary>
    public const int MaxKey = 22;

    public const string NotNumeric = "The parameter cannot be converted to a numeric value";
    public const string Overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
    public const string Underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    public const string TooPrecise = "Attempting to store more than 38 significant digits in a Number";

    private static readonly UInt128[] s_powers = Powers();

    // Value: digits x 10^exponent. Without trailing zeros, zero is 0 x 10^0: each number has one form.
    private readonly UInt128 _digits;
    private readonly short _exponent;
    private readonly byte _count;
    private readonly bool _negative;

    private Number(UInt128 digits, int exponent, bool negative)
    {
        _count = (byte)CountDigits(digits);
        _digits = digits;
        _exponent = digits == 0 ? (short)0 : (short)exponent;
        _negative = negative && digits != 0;
    }

    public static Number Zero => default;

    public static Number One { get; } = new(1, 0, negative: false);

    public bool IsZero => _digits == 0;

    public bool IsNegative => _negative;

    /// <summary>The number of significant digits.</summary>
    public int Digits => _count;

    /// <summary>The power of ten of the first digit.</summary>
    public int Magnitude => _exponent + _count - 1;

    public static Number FromInt64(long value)
    {
        var negative = value < 0;
        return Trim(negative ? (UInt128)(-(Int128)value) : (UInt128)value, 0, negative);
    }

    /// <summary>A number whose text is known to be good, such as a stored one.</summary>
    public static Number Of(ReadOnlySpan<byte> text) =>
        TryParse(text, out var number, out var error) ? number : throw new FormatException(error);

    /// <summary>Adds exactly. AWS calls a sum that needs more than 38 digits an overflow.</summary>
    public static bool TryAdd(Number left, Number right, out Number sum, out string? error)
    {
        if (left.IsZero || right.IsZero)
        {
            sum = left.IsZero ? right : left;
            error = null;
            return true;
        }

        if (left._exponent < right._exponent)
        {
            (left, right) = (right, left);
        }

        var shift = left._exponent - right._exponent;
        if (left._count + shift < MaxDigits && right._count < MaxDigits)
        {
            var wide = (Int128)(left._digits * s_powers[shift]);
            var total = (left._negative ? -wide : wide) + (right._negative ? -(Int128)right._digits : (Int128)right._digits);
            return TryMake((UInt128)Int128.Abs(total), right._exponent, total < 0, out sum, out error);
        }

        if (left._count + shift > MaxDigits + 1)
        {
            sum = default;
            error = Overflow;
            return false;
        }

        var exact = (BigInteger)left._digits * BigInteger.Pow(10, shift);
        exact = (left._negative ? -exact : exact) + (right._negative ? -(BigInteger)right._digits : (BigInteger)right._digits);
        var size = BigInteger.Abs(exact);
        var exponent = (int)right._exponent;
        while (!size.IsZero && size % 10 == 0)
        {
            size /= 10;
            exponent++;
        }

        if (size >= BigInteger.Pow(10, MaxDigits))
        {
            sum = default;
            error = Overflow;
            return false;
        }

        return TryMake((UInt128)size, exponent, exact.Sign < 0, out sum, out error);
    }

    public static bool TrySubtract(Number left, Number right, out Number difference, out string? error) =>
        TryAdd(left, right.Negate(), out difference, out error);

    public Number Negate() => new(_digits, _exponent, !_negative);

    public int CompareTo(Number other)
    {
        if (Sign() != other.Sign())
        {
            return Sign().CompareTo(other.Sign());
        }

        var order = Magnitude.CompareTo(other.Magnitude);
        if (order == 0)
        {
            var left = _digits * s_powers[Math.Max(0, other._count - _count)];
            var right = other._digits * s_powers[Math.Max(0, _count - other._count)];
            order = left.CompareTo(right);
        }

        return _negative ? -order : order;
    }

    /// <summary>
    /// The bytes AWS charges for it: one, and one for each pair of digits to base 100, and one for a minus.
    /// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html"/>
    /// </summary>
    public int Size()
    {
        if (IsZero)
        {
            return 1;
        }

        var misaligned = _count % 2 == 0 && Magnitude % 2 == 0 ? 1 : 0;
        return 1 + ((_count + 1) / 2) + misaligned + (_negative ? 1 : 0);
    }

    /// <summary>The number in whole seconds, for expiry times; null if it is no such number.</summary>
    public long? ToInt64()
    {
        if (Magnitude > 18)
        {
            return null;
        }

        var value = _exponent >= 0 ? _digits * s_powers[_exponent] : _digits / s_powers[Math.Min(MaxDigits, -_exponent)];
        return value > long.MaxValue ? null : _negative ? -(long)value : (long)value;
    }

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxText];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    private int Sign() => _digits == 0 ? 0 : _negative ? -1 : 1;

    private static bool TryMake(UInt128 digits, long exponent, bool negative, out Number number, out string? error)
    {
        number = default;
        error = null;
        if (digits == 0)
        {
            return true;
        }

        var magnitude = exponent + CountDigits(digits) - 1;
        if (magnitude is > MaxMagnitude or < MinMagnitude)
        {
            error = magnitude > MaxMagnitude ? Overflow : Underflow;
            return false;
        }

        number = Trim(digits, (int)exponent, negative);
        return true;
    }

    private static Number Trim(UInt128 digits, int exponent, bool negative)
    {
        if (digits <= ulong.MaxValue)
        {
            var small = (ulong)digits;
            while (small != 0 && small % 10 == 0)
            {
                small /= 10;
                exponent++;
            }

            return new Number(small, exponent, negative);
        }

        while (digits != 0)
        {
            var (rest, last) = UInt128.DivRem(digits, 10);
            if (last != 0)
            {
                break;
            }

            digits = rest;
            exponent++;
        }

        return new Number(digits, exponent, negative);
    }

    private static int CountDigits(UInt128 digits)
    {
        var count = 1;
        while (count < s_powers.Length && digits >= s_powers[count])
        {
            count++;
        }

        return count;
    }

    private static UInt128[] Powers()
    {
        var powers = new UInt128[MaxDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
