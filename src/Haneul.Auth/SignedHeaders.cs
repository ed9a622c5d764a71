namespace Haneul.Auth;

/// <summary>The headers that a signature covers: <c>content-type;host;x-amz-date</c>.</summary>
public sealed class SignedHeaders
{
    private static readonly KnownTexts<SignedHeaders> s_known = new(static text => new SignedHeaders(text));

    private SignedHeaders(string text)
    {
        Text = text;
        Names = text.Split(';');
        CoverHost = Names.Contains("host");
    }

    public string Text { get; }

    public IReadOnlyList<string> Names { get; }

    public bool CoverHost { get; }

    public static SignedHeaders Parse(ReadOnlySpan<char> text) => s_known.Of(text)!;
}
