using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>What a description says of an HTTP API: its own facts, and its parts with their ids.</summary>
internal sealed class ImportedHttpApi
{
    private const int MostMessages = 50;

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Version { get; init; }

    public Cors? Cors { get; init; }

    /// <summary>Null if the description does not say.</summary>
    public bool? DisableExecuteApiEndpoint { get; init; }

    /// <summary>Null if the description has none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public ApiParts Parts { get; } = new();

    /// <summary>What was left out though it was meant.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What HTTP APIs do not have.</summary>
    public List<string> Info { get; } = [];

    public List<string> Errors { get; } = [];

    /// <summary>Adds to one of the lists, each of them once, as many as an answer can carry.</summary>
    public static void Note(List<string> messages, string message)
    {
        if (messages.Count < MostMessages && !messages.Contains(message))
        {
            messages.Add(message);
        }
    }
}
