using System.Buffers.Text;
using System.Text;

namespace Haneul.DynamoDb.Values;

/// <content>Numbers as text, and as keys.</content>
internal readonly partial struct Number
{
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
}
