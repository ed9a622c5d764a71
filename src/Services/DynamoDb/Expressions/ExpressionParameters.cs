namespace Haneul.DynamoDb.Expressions;

/// <summary>Refuses requests that mix expressions with what was there before them, or define placeholders without an expression.</summary>
internal static class ExpressionParameters
{
    /// <param name="expressions">The expressions that the operation knows, with what the request has of them.</param>
    /// <param name="others">The parameters that must not stand next to them.</param>
    /// <param name="hasNames">Whether the request defines names.</param>
    /// <param name="hasValues">Whether the request defines values.</param>
    public static void Check(
        ReadOnlySpan<(string Name, string? Text)> expressions, ReadOnlySpan<(string Name, object? Value)> others, bool hasNames, bool hasValues)
    {
        List<string>? used = null;
        List<string>? mixed = null;
        foreach (var (name, text) in expressions)
        {
            if (text is not null)
            {
                (used ??= []).Add(name);
            }
        }

        foreach (var (name, value) in others)
        {
            if (value is not null)
            {
                (mixed ??= []).Add(name);
            }
        }

        if (used is not null && mixed is not null)
        {
            DynamoErrors.Throw(
                "Can not use both expression and non-expression parameters in the same request: "
                + $"Non-expression parameters: {{{string.Join(", ", mixed)}}} Expression parameters: {{{string.Join(", ", used)}}}");
        }

        DynamoErrors.ThrowIf(hasNames && used is null, "ExpressionAttributeNames can only be specified when using expressions");
        if (!hasValues)
        {
            return;
        }

        List<string> taking = [];
        foreach (var (name, text) in expressions)
        {
            if (name == "ProjectionExpression")
            {
                continue;
            }

            if (text is not null)
            {
                return;
            }

            taking.Add(name);
        }

        DynamoErrors.Throw(
            $"ExpressionAttributeValues can only be specified when using expressions: {string.Join(" and ", taking)} "
            + (taking.Count > 1 ? "are null" : "is null"));
    }
}
