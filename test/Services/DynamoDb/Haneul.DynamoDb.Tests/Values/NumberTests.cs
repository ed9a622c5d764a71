using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Tests.Values;

/// <summary>Numbers against exact arithmetic with integers of any size.</summary>
public sealed class NumberTests
{
    // Digits and a power of ten, sometimes near to each other so that sums have carries and sometimes far apart.
    private static readonly Gen<(BigInteger Digits, int Exponent)> s_numbers =
        Gen.Select(Gen.Int[1, 38], Gen.ULong, Gen.ULong, Gen.Bool, Gen.OneOf<int>(Gen.Int[-3, 3], Gen.Int[-130, 87]))
            .Select((count, high, low, negative, exponent) =>
            {
                var digits = ((new BigInteger(high) << 64) + low) % BigInteger.Pow(10, count);
                return (negative ? -digits : digits, exponent);
            });

    private static readonly Gen<(Number Number, BigInteger Digits, int Exponent)> s_parsed = s_numbers
        .Select(pair => (Text: string.Create(CultureInfo.InvariantCulture, $"{pair.Digits}E{pair.Exponent}"), pair.Digits, pair.Exponent))
        .Where(pair => Number.TryParse(Encoding.ASCII.GetBytes(pair.Text), out _, out _))
        .Select(pair => (Parse(pair.Text), pair.Digits, pair.Exponent));

    [Fact]
    public void Text_has_the_value_it_was_made_from() => s_parsed.Sample(sample =>
    {
        var again = Parse(sample.Number.ToString());
        Assert.Equal(0, again.CompareTo(sample.Number));
        Assert.Equal(Scale(sample.Digits, sample.Exponent), Exact(sample.Number.ToString()));
    });

    [Fact]
    public void Numbers_and_their_keys_have_the_order_of_their_values() => Gen.Select(s_parsed, s_parsed).Sample((a, b) =>
    {
        var expected = Math.Sign(Scale(a.Digits, a.Exponent).CompareTo(Scale(b.Digits, b.Exponent)));
        Assert.Equal(expected, Math.Sign(a.Number.CompareTo(b.Number)));
        Assert.Equal(expected, Math.Sign(Key(a.Number).AsSpan().SequenceCompareTo(Key(b.Number))));
    });

    [Fact]
    public void No_key_is_the_beginning_of_another() => Gen.Select(s_parsed, s_parsed).Sample((a, b) =>
    {
        var x = Key(a.Number);
        var y = Key(b.Number);
        Assert.True(x.AsSpan().SequenceEqual(y) || !x.AsSpan().StartsWith(y));
    });

    [Fact]
    public void Sums_are_exact_or_refused() => Gen.Select(s_parsed, s_parsed).Sample((a, b) =>
    {
        var exact = Scale(a.Digits, a.Exponent) + Scale(b.Digits, b.Exponent);
        if (Number.TryAdd(a.Number, b.Number, out var sum, out var error))
        {
            Assert.Equal(exact, Exact(sum.ToString()));
        }
        else
        {
            var trimmed = BigInteger.Abs(exact);
            while (!trimmed.IsZero && trimmed % 10 == 0)
            {
                trimmed /= 10;
            }

            Assert.Contains("flow", error, StringComparison.Ordinal);
            Assert.True(trimmed >= BigInteger.Pow(10, 38) || Magnitude(exact) is > 125 or < -130);
        }
    });

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("+3", "3")]
    [InlineData(".5", "0.5")]
    [InlineData("007", "7")]
    [InlineData("1.500", "1.5")]
    [InlineData("100", "100")]
    [InlineData("1E2", "100")]
    [InlineData("12.5e-3", "0.0125")]
    [InlineData("0e1000", "0")]
    [InlineData("-17.4E3", "-17400")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    public void Every_number_has_one_text(string given, string canonical) => Assert.Equal(canonical, Parse(given).ToString());

    [Theory]
    [InlineData("", "The parameter cannot be converted to a numeric value")]
    [InlineData("a", "The parameter cannot be converted to a numeric value: a")]
    [InlineData("1 ", "The parameter cannot be converted to a numeric value: 1 ")]
    [InlineData("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("--1", "The parameter cannot be converted to a numeric value: --1")]
    [InlineData("NaN", "The parameter cannot be converted to a numeric value: NaN")]
    [InlineData("1.2.3", "The parameter cannot be converted to a numeric value: 1.2.3")]
    [InlineData("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e100000000000000000000", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("100000000000000000000000000000000000001", "Attempting to store more than 38 significant digits in a Number")]
    public void Refusals_are_worded_as_aws_words_them(string text, string message)
    {
        Assert.False(Number.TryParse(Encoding.ASCII.GetBytes(text), out _, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 2)]
    [InlineData("-1", 3)]
    [InlineData("12", 2)]
    [InlineData("123", 3)]
    [InlineData("1000", 2)]
    public void Sizes_are_those_aws_counts(string text, int size) => Assert.Equal(size, Parse(text).Size());

    private static Number Parse(string text) => Number.Of(Encoding.ASCII.GetBytes(text));

    private static byte[] Key(Number number)
    {
        var key = new byte[Number.MaxKey];
        return key[..number.WriteKey(key)];
    }

    // All exponents are above -170: as integers times 10^-170 the values are exact.
    private static BigInteger Scale(BigInteger digits, int exponent) => digits * BigInteger.Pow(10, exponent + 170);

    private static int Magnitude(BigInteger scaled) => BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).Length - 1 - 170;

    private static BigInteger Exact(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : text.Length - point - 1;
        return Scale(BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), -places);
    }
}
