namespace Haneul.Lambda.Urls;

/// <summary>A function's URL.</summary>
internal sealed record UrlRecord
{
    /// <summary>The first label of its host name.</summary>
    public required string Id { get; init; }

    public required string Function { get; init; }

    /// <summary>The alias it belongs to; null for the function itself.</summary>
    public string? Qualifier { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    public UrlCors? Cors { get; init; }
}

/// <summary>What pages of other origins may do.</summary>
internal sealed record UrlCors
{
    public bool AllowCredentials { get; init; }

    public IReadOnlyList<string>? AllowHeaders { get; init; }

    public IReadOnlyList<string>? AllowMethods { get; init; }

    public IReadOnlyList<string>? AllowOrigins { get; init; }

    public IReadOnlyList<string>? ExposeHeaders { get; init; }

    public int? MaxAge { get; init; }
}
