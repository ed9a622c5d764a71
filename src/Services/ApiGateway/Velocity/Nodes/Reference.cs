using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Nodes;

/// <summary>A variable and a way from it: properties, methods and indexes.</summary>
internal sealed class Reference(string variable, IReadOnlyList<ReferencePart> parts, string source) : Expression
{
    public string Source => source;

    /// <summary>The variable's name if nothing follows it.</summary>
    public string? PlainName => parts.Count == 0 ? variable : null;

    public override object? Evaluate(VelocityRun run)
    {
        var value = run.Find(variable);
        foreach (var part in parts)
        {
            if (value is null)
            {
                return null;
            }

            run.Step();
            value = part.Follow(run, value);
        }

        return value;
    }

    public override bool IsTrue(VelocityRun run) => JavaValues.IsTrue(Evaluate(run));

    /// <summary>Sets what is referred to, if it can be set.</summary>
    public void Assign(VelocityRun run, object value)
    {
        if (parts.Count == 0)
        {
            run.Variables[variable] = value;
            return;
        }

        var owner = run.Find(variable);
        for (var i = 0; i < parts.Count - 1 && owner is not null; i++)
        {
            owner = parts[i].Follow(run, owner);
        }

        parts[^1].Assign(run, owner, value);
    }
}

internal abstract class ReferencePart
{
    public abstract object? Follow(VelocityRun run, object owner);

    public abstract void Assign(VelocityRun run, object? owner, object value);
}

internal sealed class PropertyPart(string name) : ReferencePart
{
    public override object? Follow(VelocityRun run, object owner) => JavaValues.Property(owner, name);

    public override void Assign(VelocityRun run, object? owner, object value)
    {
        if (owner is VelocityMap map)
        {
            map[name] = value;
        }
    }
}

internal sealed class IndexPart(Expression index) : ReferencePart
{
    public override object? Follow(VelocityRun run, object owner) => (owner, index.Evaluate(run)) switch
    {
        (VelocityList list, long at) => list.At(at < 0 ? at + list.Items.Count : at),
        (VelocityMap map, { } key) => map.Find(JavaText.Of(key)),
        (IVelocityObject found, string name) => found.Get(name),
        (VelocityNothing, _) => owner,
        _ => null,
    };

    public override void Assign(VelocityRun run, object? owner, object value)
    {
        switch (owner, index.Evaluate(run))
        {
            case (VelocityList list, long at):
                list.Set(at < 0 ? at + list.Items.Count : at, value);
                break;
            case (VelocityMap map, { } key):
                map[JavaText.Of(key)] = value;
                break;
        }
    }
}

internal sealed class MethodPart(string name, IReadOnlyList<Expression> arguments) : ReferencePart
{
    public override object? Follow(VelocityRun run, object owner)
    {
        var values = new object?[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(run);
        }

        var result = JavaValues.Invoke(owner, name, values);
        if (result is string text)
        {
            run.Step(text.Length >> 4);
        }

        return result;
    }

    // A method's answer is not a place.
    public override void Assign(VelocityRun run, object? owner, object value)
    {
    }
}
