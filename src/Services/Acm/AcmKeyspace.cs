using System.Text.Json;
using System.Text.Json.Serialization;
using Haneul.Acm.Certificates;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Acm;

/// <summary>
/// All keys of the service, in one partition: TLS asks by ARN, whoever's it is.
/// <code>
/// 01 account region id -> certificate with its private key
/// </code>
/// Values are a version byte and JSON in UTF-8.
/// </summary>
internal static class AcmKeyspace
{
    private const byte Certificates = 1;
    private const byte Version = 1;

    public static PartitionId Partition { get; } = PartitionId.Of("acm");

    public static byte[] All => [Certificates];

    public static byte[] Key(string account, string region, string? id = null) => KeyWriter.Of(Certificates, account, region, id);

    public static byte[] Encode(CertificateRecord record) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(record, AcmJson.Default.CertificateRecord)];

    public static CertificateRecord Decode(ReadOnlySpan<byte> value) => value is [Version, ..]
        ? JsonSerializer.Deserialize(value[1..], AcmJson.Default.CertificateRecord)!
        : throw new FormatException("A record of ACM has an unknown version.");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CertificateRecord))]
internal sealed partial class AcmJson : JsonSerializerContext;
