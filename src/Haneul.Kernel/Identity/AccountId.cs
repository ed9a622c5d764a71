namespace Haneul.Kernel.Identity;

/// <summary>The twelve digits that name an account.</summary>
public readonly record struct AccountId
{
    private readonly string? _value;

    private AccountId(string value) => _value = value;

    /// <summary>The account of unknown access keys in the open mode: <c>000000000000</c>.</summary>
    public static AccountId Default { get; } = new("000000000000");

    /// <summary>The account that owns AWS's own things, such as managed policies: <c>aws</c> in ARNs.</summary>
    public static AccountId Aws { get; } = new("aws");

    public string Value => _value ?? "000000000000";

    public static bool TryParse(string? text, out AccountId account)
    {
        if (text is { Length: 12 } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            account = new AccountId(text);
            return true;
        }

        account = default;
        return false;
    }

    /// <exception cref="FormatException">The text is not twelve digits.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var account) ? account : throw new FormatException($"'{text}' is not an account id of twelve digits.");

    public override string ToString() => Value;
}
