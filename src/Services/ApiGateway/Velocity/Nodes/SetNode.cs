namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary><c>#set</c>. A value of null changes nothing.</summary>
internal sealed class SetNode(Reference target, Expression value) : Node
{
    public override void Render(VelocityRun run)
    {
        if (value.Evaluate(run) is { } found)
        {
            target.Assign(run, found);
        }
    }
}
