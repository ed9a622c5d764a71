namespace Haneul.Kernel.Identity;

/// <summary>A region's name, such as <c>us-east-1</c>.</summary>
public readonly record struct Region
{
    private readonly string? _name;

    private Region(string name) => _name = name;

    public static Region Default { get; } = new("us-east-1");

    public string Name => _name ?? "us-east-1";

    /// <summary>Accepts what looks like a region: small letters, digits and hyphens, at most 32.</summary>
    public static bool TryParse(string? text, out Region region)
    {
        region = default;
        if (text is not { Length: > 0 and <= 32 })
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        region = new Region(text == "us-east-1" ? "us-east-1" : text);
        return true;
    }

    public override string ToString() => Name;
}
