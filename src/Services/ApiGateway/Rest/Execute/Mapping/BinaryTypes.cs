namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// The media types whose bodies are bytes and not text.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html"/>
/// </summary>
internal sealed class BinaryTypes(IReadOnlyList<string>? types)
{
    private readonly string[] _types = [.. types ?? []];

    /// <summary>Whether a <c>Content-Type</c>, or the first type of an <c>Accept</c>, is one of them.</summary>
    public bool Has(string? mediaType)
    {
        if (_types.Length == 0)
        {
            return false;
        }

        if (Array.IndexOf(_types, "*/*") >= 0)
        {
            return true;
        }

        var first = (mediaType ?? "").AsSpan();
        var end = first.IndexOfAny(',', ';');
        first = (end < 0 ? first : first[..end]).Trim();
        foreach (var type in _types)
        {
            if (first.Equals(type, StringComparison.OrdinalIgnoreCase)
                || (type.EndsWith("/*", StringComparison.Ordinal) && first.StartsWith(type.AsSpan(0, type.Length - 1), StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }
}
