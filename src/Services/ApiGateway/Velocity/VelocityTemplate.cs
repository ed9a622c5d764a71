using Haneul.ApiGateway.Velocity.Nodes;

namespace Haneul.ApiGateway.Velocity;

/// <summary>
/// A template in the Velocity Template Language, as Apache Velocity 1.7 reads and renders it, white space included.
/// <see href="https://velocity.apache.org/engine/1.7/vtl-reference.html"/> What reaches outside of the template is left out: <c>#include</c> and
/// <c>#parse</c>, classes, and every Java method but the harmless ones of strings, numbers, lists and maps.
/// </summary>
internal sealed class VelocityTemplate
{
    /// <summary>In characters. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"/></summary>
    public const int MaxLength = 300 * 1024;

    private readonly Block _root;

    private VelocityTemplate(Block root) => _root = root;

    /// <exception cref="VelocityException">The text is not a template; the message says where.</exception>
    public static VelocityTemplate Parse(string text) =>
        text.Length > MaxLength
            ? throw new VelocityException($"The template is longer than {MaxLength} characters.")
            : new VelocityTemplate(new VelocityParser(text).ParseTemplate());

    /// <param name="variables">What the template sees; it sets its own here too.</param>
    /// <exception cref="VelocityException">It failed, or went over a limit of <see cref="VelocityRun"/>.</exception>
    public string Render(IDictionary<string, object?> variables)
    {
        var run = new VelocityRun(variables);
        _root.Render(run);
        return run.Output.ToString();
    }
}
