using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Nodes;

internal sealed record Macro(IReadOnlyList<string> Parameters, Block Body);

/// <summary><c>#macro</c>: known from here on.</summary>
internal sealed class MacroNode(string name, Macro macro) : Node
{
    public override void Render(VelocityRun run) => run.Macros.TryAdd(name, macro);
}

/// <summary>A call of a macro; where no macro has this name, it is plain text.</summary>
internal sealed class MacroCall(string name, IReadOnlyList<Expression> arguments, Block? body, string source) : Node
{
    public override void Render(VelocityRun run)
    {
        if (!run.Macros.TryGetValue(name, out var macro))
        {
            run.Write(source);
            return;
        }

        var saved = new List<(string Name, bool Was, object? Value)>();
        var values = macro.Parameters.Select((_, i) => i < arguments.Count ? arguments[i].Evaluate(run) : null).ToArray();
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            Put(macro.Parameters[i], values[i]);
        }

        if (body is not null)
        {
            Put("bodyContent", new DefinedBlock(body));
        }

        run.Nest(macro.Body);
        for (var i = saved.Count - 1; i >= 0; i--)
        {
            var (parameter, was, value) = saved[i];
            if (was)
            {
                run.Variables[parameter] = value;
            }
            else
            {
                run.Variables.Remove(parameter);
            }
        }

        void Put(string parameter, object? value)
        {
            saved.Add((parameter, run.Variables.TryGetValue(parameter, out var before), before));
            if (value is null)
            {
                run.Variables.Remove(parameter);
            }
            else
            {
                run.Variables[parameter] = value;
            }
        }
    }
}

/// <summary><c>#define</c>.</summary>
internal sealed class DefineNode(string variable, Block body) : Node
{
    public override void Render(VelocityRun run) => run.Variables[variable] = new DefinedBlock(body);
}

/// <summary><c>#evaluate</c>: a template that is made while another runs.</summary>
internal sealed class EvaluateNode(Expression source) : Node
{
    public override void Render(VelocityRun run)
    {
        if (source.Evaluate(run) is { } value)
        {
            var text = JavaText.Of(value);
            run.Step(text.Length);
            run.Nest(new VelocityParser(text).ParseTemplate());
        }
    }
}
