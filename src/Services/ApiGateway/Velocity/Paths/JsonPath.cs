using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Paths;

/// <summary>
/// A JSONPath expression, as the Jayway library reads it, which API Gateway's templates follow: names, indexes, slices, unions, wildcards, deep scans,
/// filters and functions. <see href="https://github.com/json-path/JsonPath"/>
/// </summary>
internal sealed class JsonPath
{
    private const int MaxResults = 100_000;

    private readonly IReadOnlyList<PathStep> _steps;

    internal JsonPath(IReadOnlyList<PathStep> steps, bool fromRoot)
    {
        _steps = steps;
        FromRoot = fromRoot;
        IsDefinite = steps.All(step => step.IsDefinite);
    }

    /// <summary>It leads to one value at most; other paths lead to a list, which may be empty.</summary>
    public bool IsDefinite { get; }

    /// <summary>Begins with <c>$</c>; in filters a path may begin with <c>@</c>.</summary>
    public bool FromRoot { get; }

    /// <exception cref="VelocityException">The text is not a path.</exception>
    public static JsonPath Parse(string text) => new JsonPathParser(text).Parse();

    /// <param name="root">The whole document.</param>
    /// <returns>The value, or <see cref="VelocityNothing"/> where a definite path leads nowhere.</returns>
    public object? Evaluate(object? root) => Evaluate(root, root);

    /// <param name="root">The whole document.</param>
    /// <param name="start">Where the path begins.</param>
    public object? Evaluate(object? root, object? start)
    {
        List<object?> found = [start];
        var definite = true;
        foreach (var step in _steps)
        {
            if (step is FunctionStep function)
            {
                found = [definite ? function.Apply(found.Count > 0 ? found[0] : VelocityNothing.Instance) : function.Apply(new VelocityList(found, isJson: true))];
                definite = true;
                continue;
            }

            var next = new List<object?>();
            foreach (var value in found)
            {
                step.Follow(root, value, next);
                if (next.Count > MaxResults)
                {
                    throw new VelocityException("A path leads to too many values.");
                }
            }

            found = next;
            definite &= step.IsDefinite;
        }

        return definite ? found.Count > 0 ? found[0] : VelocityNothing.Instance : new VelocityList(found, isJson: true);
    }
}
