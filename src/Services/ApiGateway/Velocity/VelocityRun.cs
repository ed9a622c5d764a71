using System.Text;
using Haneul.ApiGateway.Velocity.Nodes;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity;

/// <summary>One rendering: variables, output so far, and what it may still use up.</summary>
internal sealed class VelocityRun(IDictionary<string, object?> variables)
{
    /// <summary>Rounds of one loop. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"/></summary>
    public const int MaxRounds = 1000;

    private const int MaxSteps = 2_000_000;
    private const int MaxDepth = 40;
    private const int MaxOutput = 10 * 1024 * 1024;

    private int _steps;
    private int _depth;

    public IDictionary<string, object?> Variables { get; } = variables;

    public Dictionary<string, Macro> Macros { get; } = new(StringComparer.Ordinal);

    public StringBuilder Output { get; private set; } = new();

    /// <summary>The innermost loop.</summary>
    public LoopState? Loop { get; set; }

    /// <summary>A <c>#break</c> or <c>#stop</c> is on its way out.</summary>
    public Leaving Leaving { get; set; }

    public object? Find(string name) => Variables.TryGetValue(name, out var value) ? value : null;

    /// <summary>Counts a step of work.</summary>
    public void Step(int steps = 1)
    {
        _steps += steps;
        if (_steps > MaxSteps || _steps < 0)
        {
            throw new VelocityException("The template takes too many steps.");
        }
    }

    public void Write(string text) => Write(text.AsSpan());

    public void Write(ReadOnlySpan<char> text)
    {
        if (Output.Length + text.Length > MaxOutput)
        {
            throw new VelocityException("The template's output is too long.");
        }

        Step(text.Length >> 6);
        Output.Append(text);
    }

    /// <summary>Renders into a text of its own: strings with references in them, and defined blocks.</summary>
    public string Capture(Block block)
    {
        if (++_depth > MaxDepth)
        {
            throw new VelocityException("The template calls itself too often.");
        }

        var outer = Output;
        Output = new StringBuilder();
        try
        {
            block.Render(this);
            return Output.ToString();
        }
        finally
        {
            Output = outer;
            _depth--;
        }
    }

    /// <summary>Renders a block that may lead back to itself, such as a macro's body.</summary>
    public void Nest(Block block)
    {
        if (++_depth > MaxDepth)
        {
            throw new VelocityException("The template calls itself too often.");
        }

        block.Render(this);
        _depth--;
    }
}

internal enum Leaving
{
    No,
    Loop,
    Template,
}
