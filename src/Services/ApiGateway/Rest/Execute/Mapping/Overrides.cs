namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// What templates put into <c>$context.requestOverride</c> and <c>$context.responseOverride</c>; it wins over mapped parameters.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html"/>
/// </summary>
internal sealed class Overrides
{
    public Dictionary<string, IReadOnlyList<string>> RequestHeaders { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, IReadOnlyList<string>> RequestQuery { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> RequestPath { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, IReadOnlyList<string>> ResponseHeaders { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Between 100 and 599; anything else that a template says is ignored.</summary>
    public int? ResponseStatus { get; set; }
}
