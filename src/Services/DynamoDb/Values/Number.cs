using System.Buffers.Text;
using System.Numerics;
using System.Text;

namespace Haneul.DynamoDb.Values;

/// <summary>
/// A DynamoDB number: up to 38 significant decimal digits, from 1E-130 to 9.99...E+125 and negative.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"/>
/// </summary>
internal readonly struct Number : IComparable<Number>
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

    /// <summary>Parses decimal text with an optional exponent.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="number">The number.</param>
    /// <param name="error">AWS's message, if there is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out Number number, out string? error)
    {
        number = default;
        var at = 0;
        var negative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            negative = text[at++] == (byte)'-';
        }

        UInt128 digits = 0;
        var count = 0;
        var dropped = 0L; // zeros behind the last digit that counted
        var point = -1;
        var places = 0L;
        var any = false;
        var tooMany = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == (byte)'.' && point < 0)
            {
                point = at;
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            any = true;
            if (point >= 0)
            {
                places++;
            }

            if (c == (byte)'0')
            {
                // Leading zeros do not count; others do once a digit follows.
                dropped += count > 0 ? 1 : 0;
                continue;
            }

            if (count + dropped + 1 > MaxDigits)
            {
                tooMany = true;
                dropped = 0;
                count = MaxDigits;
                continue;
            }

            digits = (digits * s_powers[(int)dropped + 1]) + (UInt128)(c - '0');
            count += (int)dropped + 1;
            dropped = 0;
        }

        var exponent = 0L;
        if (any && at < text.Length && text[at] is (byte)'e' or (byte)'E' && !TryParseExponent(text[(at + 1)..], out exponent))
        {
            any = false;
        }
        else if (any && at < text.Length && text[at] is not ((byte)'e' or (byte)'E'))
        {
            any = false;
        }

        if (!any)
        {
            error = text.IsEmpty ? NotNumeric : $"{NotNumeric}: {Encoding.UTF8.GetString(text)}";
            return false;
        }

        if (tooMany)
        {
            error = TooPrecise;
            return false;
        }

        return TryMake(digits, exponent - places + dropped, negative, out number, out error);
    }

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

    /// <summary>The one text of this number: plain decimal digits without needless zeros.</summary>
    /// <returns>How many bytes were written; at most <see cref="MaxText"/>.</returns>
    public int Format(Span<byte> text)
    {
        if (IsZero)
        {
            text[0] = (byte)'0';
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        WriteDigits(digits);
        var at = 0;
        if (_negative)
        {
            text[at++] = (byte)'-';
        }

        if (_exponent >= 0)
        {
            digits[.._count].CopyTo(text[at..]);
            text.Slice(at + _count, _exponent).Fill((byte)'0');
            return at + _count + _exponent;
        }

        var whole = _count + _exponent;
        if (whole > 0)
        {
            digits[..whole].CopyTo(text[at..]);
            at += whole;
        }
        else
        {
            text[at++] = (byte)'0';
        }

        text[at++] = (byte)'.';
        if (whole < 0)
        {
            text.Slice(at, -whole).Fill((byte)'0');
            at += -whole;
            whole = 0;
        }

        var fraction = digits[Math.Max(0, whole).._count];
        fraction.CopyTo(text[at..]);
        return at + fraction.Length;
    }

    /// <summary>
    /// Bytes whose order is the order of numbers, none the beginning of another: <c>01</c> for zero; for others <c>02</c>, the magnitude
    /// from 0 to 255, pairs of digits plus one, <c>00</c>; negative ones turn every bit of that over, after a first byte of <c>00</c>.
    /// </summary>
    public int WriteKey(Span<byte> key)
    {
        if (IsZero)
        {
            key[0] = 1;
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxDigits + 1];
        WriteDigits(digits);
        digits[_count] = (byte)'0';
        key[0] = 2;
        key[1] = (byte)(Magnitude - MinMagnitude);
        var at = 2;
        for (var i = 0; i < _count; i += 2)
        {
            key[at++] = (byte)(((digits[i] - '0') * 10) + (digits[i + 1] - '0') + 1);
        }

        key[at++] = 0;
        if (_negative)
        {
            key[0] = 0;
            for (var i = 1; i < at; i++)
            {
                key[i] = (byte)~key[i];
            }
        }

        return at;
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

    private void WriteDigits(Span<byte> digits)
    {
        if (_digits <= ulong.MaxValue)
        {
            Utf8Formatter.TryFormat((ulong)_digits, digits, out _);
            return;
        }

        var rest = _digits;
        for (var i = _count - 1; i >= 0; i--)
        {
            (rest, var digit) = UInt128.DivRem(rest, 10);
            digits[i] = (byte)('0' + (int)digit);
        }
    }

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

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        var sign = text is [(byte)'+' or (byte)'-', ..];
        var digits = sign ? text[1..] : text;
        exponent = 0;
        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        // Whatever has more than nine digits is out of range all the same.
        digits = digits.TrimStart((byte)'0');
        exponent = digits.Length > 9 ? int.MaxValue : 0;
        for (var i = 0; exponent < int.MaxValue && i < digits.Length; i++)
        {
            exponent = (exponent * 10) + digits[i] - '0';
        }

        exponent = text[0] == (byte)'-' ? -exponent : exponent;
        return true;
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
