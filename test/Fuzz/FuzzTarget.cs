using System.Text;

namespace Haneul.Fuzz;

/// <summary>Something that strangers feed.</summary>
/// <param name="Name">What <c>--target</c> calls it.</param>
/// <param name="Seeds">Good inputs, from which all others are made.</param>
/// <param name="Dictionary">Words that are worth putting in.</param>
/// <param name="Run">Takes an input. Anything thrown but the refusals is a defect.</param>
/// <param name="Refusals">The exceptions that the code under test documents for bad input.</param>
internal sealed record FuzzTarget(
    string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Dictionary, Action<byte[]> Run, params Type[] Refusals)
{
    /// <summary>A target that takes text; bytes that are not UTF-8 become what a lenient decoder makes of them, and half surrogates as well.</summary>
    public static FuzzTarget OfText(string name, string[] seeds, string[] dictionary, Action<string> run, params Type[] refusals) =>
        new(name, Bytes(seeds), Bytes(dictionary), bytes => run(Text(bytes)), refusals);

    public static IReadOnlyList<byte[]> Bytes(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    public bool Refuses(Exception exception) => Array.Exists(Refusals, type => type.IsInstanceOfType(exception));

    // A JSON string may hold half a surrogate, which UTF-8 cannot: the byte 0xFF stands for one.
    private static string Text(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return bytes.Contains((byte)0xFF) ? text.Replace('\ufffd', '\ud83d') : text;
    }
}
