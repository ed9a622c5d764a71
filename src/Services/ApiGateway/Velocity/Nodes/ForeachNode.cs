using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary><c>#foreach</c> over a list, or over the values of a map. Its variable is as it was when it ends.</summary>
internal sealed class ForeachNode(string variable, Expression source, Block body) : Node
{
    public override void Render(VelocityRun run)
    {
        if (JavaValues.Items(source.Evaluate(run)) is not { } items)
        {
            return;
        }

        // A round may change what it walks over.
        var all = items.ToArray();
        var outer = run.Loop;
        var saved = Save(run, variable);
        var savedLoop = Save(run, "foreach");
        var savedCount = Save(run, "velocityCount");
        var loop = new LoopState(outer, all.Length);
        run.Loop = loop;
        foreach (var item in all)
        {
            if (loop.Index >= VelocityRun.MaxRounds)
            {
                throw new VelocityException($"A loop has more than {VelocityRun.MaxRounds} rounds.");
            }

            run.Step();
            run.Variables[variable] = item;
            run.Variables["foreach"] = loop;
            run.Variables["velocityCount"] = loop.Index + 1L;
            body.Render(run);
            if (run.Leaving != Leaving.No)
            {
                run.Leaving = run.Leaving == Leaving.Loop ? Leaving.No : run.Leaving;
                break;
            }

            loop.Index++;
        }

        run.Loop = outer;
        Restore(run, variable, saved);
        Restore(run, "foreach", savedLoop);
        Restore(run, "velocityCount", savedCount);
    }

    private static (bool Was, object? Value) Save(VelocityRun run, string name) => (run.Variables.TryGetValue(name, out var value), value);

    private static void Restore(VelocityRun run, string name, (bool Was, object? Value) saved)
    {
        if (saved.Was)
        {
            run.Variables[name] = saved.Value;
        }
        else
        {
            run.Variables.Remove(name);
        }
    }
}
