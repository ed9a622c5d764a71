using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Haneul.Lambda.Events;
using Haneul.Lambda.EventSources;
using Haneul.Lambda.Layers;
using Haneul.Lambda.Urls;

namespace Haneul.Lambda.Functions;

/// <summary>What all versions of a function share.</summary>
internal sealed record FunctionRecord
{
    public required string Name { get; init; }

    /// <summary>The number that the next published version gets; numbers are never given twice.</summary>
    public long NextVersion { get; init; } = 1;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public int? ReservedConcurrency { get; init; }
}

/// <summary>A version: code and configuration. That of <c>$LATEST</c> changes, those of published ones do not.</summary>
internal sealed record VersionRecord
{
    public required string Version { get; init; }

    public required string Runtime { get; init; }

    public required string Role { get; init; }

    public required string Handler { get; init; }

    public string Description { get; init; } = "";

    public int Timeout { get; init; } = 3;

    public int MemorySize { get; init; } = 128;

    public int EphemeralStorage { get; init; } = 512;

    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    public required string Architecture { get; init; }

    /// <summary>SHA-256 of the archive in hexadecimal digits: the name of its files.</summary>
    public required string Code { get; init; }

    public long CodeSize { get; init; }

    public DateTimeOffset LastModified { get; init; }

    public required string RevisionId { get; init; }

    public required string LogGroup { get; init; }

    /// <summary>The names of all files that it needs.</summary>
    [JsonIgnore]
    public IEnumerable<string> Codes => Layers.Select(layer => layer.Code).Append(Code);

    public IReadOnlyList<LayerUse> Layers { get; init; } = [];

    /// <summary>SHA-256 in base 64, as the API shows it.</summary>
    [JsonIgnore]
    public string CodeSha256 => Convert.ToBase64String(Convert.FromHexString(Code));

    /// <summary>Whether publishing it after <paramref name="other"/> would change anything that runs.</summary>
    public bool RunsLike(VersionRecord other) =>
        Runtime == other.Runtime && Role == other.Role && Handler == other.Handler && Timeout == other.Timeout && MemorySize == other.MemorySize
        && EphemeralStorage == other.EphemeralStorage && Architecture == other.Architecture && Code == other.Code && LogGroup == other.LogGroup
        && Description == other.Description && Codes.SequenceEqual(other.Codes) && Same(Variables, other.Variables);

    private static bool Same(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0) && (left is null || left.All(pair => right!.TryGetValue(pair.Key, out var value) && value == pair.Value));
}

/// <summary>A name for a version, or for two with weights.</summary>
internal sealed record AliasRecord
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Description { get; init; } = "";

    public required string RevisionId { get; init; }

    /// <summary>The other version and its part of the invocations.</summary>
    public string? OtherVersion { get; init; }

    public double OtherWeight { get; init; }
}

/// <summary>A resource policy, statement by statement.</summary>
internal sealed record PolicyRecord
{
    public required IReadOnlyList<StatementRecord> Statements { get; init; }

    public required string RevisionId { get; init; }
}

internal sealed record StatementRecord
{
    public required string Id { get; init; }

    /// <summary>The statement as JSON.</summary>
    public required string Json { get; init; }
}

[JsonSerializable(typeof(FunctionRecord))]
[JsonSerializable(typeof(VersionRecord))]
[JsonSerializable(typeof(AliasRecord))]
[JsonSerializable(typeof(PolicyRecord))]
[JsonSerializable(typeof(EventRecord))]
[JsonSerializable(typeof(EventSettings))]
[JsonSerializable(typeof(UrlRecord))]
[JsonSerializable(typeof(LayerRecord))]
[JsonSerializable(typeof(LayerVersionRecord))]
[JsonSerializable(typeof(MappingRecord))]
[JsonSerializable(typeof(ShardCheckpoint))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RecordJson : JsonSerializerContext;

/// <summary>Values on disk: a version byte and JSON.</summary>
internal static class Stored
{
    private const byte Format = 1;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => [Format, .. JsonSerializer.SerializeToUtf8Bytes(value, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) =>
        bytes[0] == Format ? JsonSerializer.Deserialize(bytes[1..], type)! : throw new FormatException($"A value of format {bytes[0]} cannot be read.");
}
