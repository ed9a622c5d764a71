namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary>A part of a template that writes something.</summary>
internal abstract class Node
{
    public abstract void Render(VelocityRun run);
}

/// <summary>Parts in order.</summary>
internal sealed class Block(IReadOnlyList<Node> nodes) : Node
{
    public IReadOnlyList<Node> Nodes => nodes;

    public override void Render(VelocityRun run)
    {
        foreach (var node in nodes)
        {
            run.Step();
            node.Render(run);
            if (run.Leaving != Leaving.No)
            {
                return;
            }
        }
    }
}

internal sealed class TextNode(string text) : Node
{
    public string Text => text;

    public override void Render(VelocityRun run) => run.Write(text);
}

/// <summary><c>#break</c> leaves a loop, or the template where there is none; <c>#stop</c> leaves the template.</summary>
internal sealed class LeaveNode(bool loop) : Node
{
    public override void Render(VelocityRun run) => run.Leaving = loop && run.Loop is not null ? Leaving.Loop : Leaving.Template;
}
