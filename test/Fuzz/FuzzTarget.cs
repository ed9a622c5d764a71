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
    /// <summary>A target that takes text, which is well-formed: every reader refuses bytes that are not.</summary>
    public static FuzzTarget OfText(string name, string[] seeds, string[] dictionary, Action<string> run, params Type[] refusals) =>
        new(name, Bytes(seeds), Bytes(dictionary), bytes => run(Encoding.UTF8.GetString(bytes)), refusals);

    public static IReadOnlyList<byte[]> Bytes(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    public bool Refuses(Exception exception) => Array.Exists(Refusals, type => type.IsInstanceOfType(exception));
}
