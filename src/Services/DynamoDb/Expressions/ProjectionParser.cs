namespace Haneul.DynamoDb.Expressions;

/// <summary>Parses projection expressions: paths with commas between.</summary>
internal sealed class ProjectionParser : ParserBase
{
    private ProjectionParser(string text, ExpressionScope scope)
        : base(text, "ProjectionExpression", scope)
    {
    }

    /// <returns>The paths; null without an expression.</returns>
    public static IReadOnlyList<DocumentPath>? Parse(string? text, ExpressionScope scope)
    {
        if (text is null)
        {
            return null;
        }

        var parser = new ProjectionParser(text, scope);
        var paths = new List<DocumentPath> { parser.ParsePath() };
        while (parser.Lexer.TryTake(','))
        {
            paths.Add(parser.ParsePath());
        }

        parser.ExpectEnd();
        if (DocumentPath.Clash(paths) is { } clash)
        {
            parser.Note(Problem.Overlap, clash);
        }

        parser.ThrowProblems();
        return paths;
    }
}
