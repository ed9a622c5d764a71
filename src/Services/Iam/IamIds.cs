using Haneul.Kernel.Identity;

namespace Haneul.Iam;

/// <summary>
/// Unique ids; the first letters tell what they name.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"/>
/// </summary>
internal static class IamIds
{
    public const string User = "AIDA";
    public const string Role = "AROA";
    public const string Group = "AGPA";
    public const string Policy = "ANPA";
    public const string InstanceProfile = "AIPA";
    public const string AccessKey = "AKIA";
    public const string SessionKey = "ASIA";

    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string NewIamId(this IIdSource ids, string prefix) => prefix + ids.NewString(17, RandomIdSource.Base32);

    /// <summary>Access keys carry their account, so that it can be told without looking them up.</summary>
    public static string NewKeyId(this IIdSource ids, string prefix, AccountId account) =>
        prefix + KeyAccount.Encode(account) + ids.NewString(8, RandomIdSource.Base32);

    public static string NewSecret(this IIdSource ids) => ids.NewString(40, Base64);
}

/// <summary>
/// The account inside an access key id: eight characters of base 32 after the prefix, 40 bits, enough for twelve digits. The owner is still
/// looked up; this only answers <c>GetAccessKeyInfo</c> for keys that are gone, as AWS does.
/// </summary>
internal static class KeyAccount
{
    public static string Encode(AccountId account)
    {
        var number = long.Parse(account.Value, System.Globalization.CultureInfo.InvariantCulture);
        return string.Create(8, number, static (text, n) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, n >>= 5)
            {
                text[i] = RandomIdSource.Base32[(int)(n & 31)];
            }
        });
    }

    public static AccountId? Decode(string keyId)
    {
        if (keyId.Length != 20)
        {
            return null;
        }

        long number = 0;
        foreach (var c in keyId.AsSpan(4, 8))
        {
            var digit = RandomIdSource.Base32.IndexOf(c);
            if (digit < 0)
            {
                return null;
            }

            number = (number << 5) | (long)digit;
        }

        return AccountId.TryParse(number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture), out var account) ? account : null;
    }
}
