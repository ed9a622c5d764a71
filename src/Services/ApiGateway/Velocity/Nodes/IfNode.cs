namespace Haneul.ApiGateway.Velocity.Nodes;

internal sealed class IfNode(IReadOnlyList<(Expression Condition, Block Body)> branches, Block? otherwise) : Node
{
    public override void Render(VelocityRun run)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition.IsTrue(run))
            {
                body.Render(run);
                return;
            }
        }

        otherwise?.Render(run);
    }
}
