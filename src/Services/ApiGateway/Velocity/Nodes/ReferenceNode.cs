using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary>A reference in text: its value, or its own source if it has none; with the backslashes before it.</summary>
/// <param name="reference">What is referred to.</param>
/// <param name="source">As it is written.</param>
/// <param name="quiet">Written with an exclamation mark: without a value it writes nothing.</param>
/// <param name="escapes">The number of backslashes before it.</param>
internal sealed class ReferenceNode(Reference reference, string source, bool quiet, int escapes) : Node
{
    public override void Render(VelocityRun run)
    {
        var value = reference.Evaluate(run);
        if (value is null)
        {
            run.Write(new string('\\', escapes));
            if (!quiet || escapes % 2 == 1)
            {
                run.Write(source);
            }

            return;
        }

        run.Write(new string('\\', escapes / 2));
        if (escapes % 2 == 1)
        {
            run.Write(source);
        }
        else if (value is DefinedBlock defined)
        {
            run.Nest(defined.Block);
        }
        else
        {
            run.Write(JavaText.Of(value));
        }
    }
}

/// <summary>The value of a <c>#define</c>: rendered where it is referred to.</summary>
internal sealed record DefinedBlock(Block Block);
