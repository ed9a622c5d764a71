using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Tests;

/// <summary>Values as ordinary objects, for a reference that is too simple to be wrong, and generators of them.</summary>
/// <remarks>string, BigInteger, byte[], bool, null (NULL), List of values, SortedDictionary of values, and sets of the first three.</remarks>
internal static class Trees
{
    public static readonly string[] Names = ["a", "b", "c", "d"];

    private static readonly Gen<string> s_text = Gen.OneOf<string>(Gen.OneOf("", "x", "xy", "y", "é", "\"\\\n", "\u0001"), Gen.String[Gen.Char.AlphaNumeric, 0, 6]);

    private static readonly Gen<object?> s_scalar = Gen.OneOf<object?>(
        s_text.Select(text => (object?)text),
        Gen.Int[-5, 5].Select(number => (object?)new BigInteger(number)),
        Gen.Byte[0, 3].Array[0, 2].Select(bytes => (object?)bytes),
        Gen.Bool.Select(flag => (object?)flag),
        Gen.Const((object?)null),
        s_text.Array[1, 3].Select(set => (object?)new SortedSet<string>(set, StringComparer.Ordinal)),
        Gen.Int[-3, 3].Array[1, 3].Select(set => (object?)new SortedSet<BigInteger>(set.Select(number => new BigInteger(number)))));

    public static readonly Gen<object?> Value = Deep(2);

    public static readonly Gen<SortedDictionary<string, object?>> Item = Map(Value);

    public static AttributeMap Encode(SortedDictionary<string, object?> item) => Values.AttributeMapTests.Parse(Json(item));

    public static string Json(SortedDictionary<string, object?> item) =>
        "{" + string.Join(',', item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Quote(pair.Key) + ":" + Json(pair.Value))) + "}";

    public static string Json(object? value) => value switch
    {
        string text => $$"""{"S":{{Quote(text)}}}""",
        BigInteger number => $$"""{"N":"{{number.ToString(CultureInfo.InvariantCulture)}}"}""",
        byte[] bytes => $$"""{"B":"{{Convert.ToBase64String(bytes)}}"}""",
        bool flag => flag ? """{"BOOL":true}""" : """{"BOOL":false}""",
        null => """{"NULL":true}""",
        List<object?> list => $$"""{"L":[{{string.Join(',', list.Select(Json))}}]}""",
        SortedSet<string> set => $$"""{"SS":[{{string.Join(',', set.Select(Quote))}}]}""",
        SortedSet<BigInteger> set => $$"""{"NS":[{{string.Join(',', set.Select(number => Quote(number.ToString(CultureInfo.InvariantCulture))))}}]}""",
        SortedDictionary<string, object?> map => $$"""{"M":{{Json(map)}}}""",
        _ => throw new NotSupportedException(),
    };

    /// <summary>JSON in the form in which <see cref="Json(object?)"/> writes it: members of maps and elements of sets in order.</summary>
    public static string Normal(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => Quote(member.Name) + ":" + (member.Name == "SS" && member.Value.ValueKind == JsonValueKind.Array ? Set(member.Value) : Normal(member.Value)))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', element.EnumerateArray().Select(Normal)) + "]",
        JsonValueKind.String => Quote(element.GetString()!),
        _ => element.GetRawText(),
    };

    public static bool Same(object? a, object? b) => a?.GetType() == b?.GetType() && Json(a) == Json(b);

    private static string Set(JsonElement set) =>
        "[" + string.Join(',', set.EnumerateArray().Select(item => item.GetString()!).Order(StringComparer.Ordinal).Select(Quote)) + "]";

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static Gen<object?> Deep(int depth) => depth == 0
        ? s_scalar
        : Gen.OneOf<object?>(
            s_scalar,
            Deep(depth - 1).List[0, 3].Select(list => (object?)list),
            Map(Deep(depth - 1)).Select(map => (object?)map));

    private static Gen<SortedDictionary<string, object?>> Map(Gen<object?> value) =>
        Gen.Select(Gen.OneOf(Names), value).List[0, 4].Select(pairs =>
        {
            var map = new SortedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, item) in pairs)
            {
                map[name] = item;
            }

            return map;
        });
}
