using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest;

/// <summary>Stored values of REST APIs: a version byte, then JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestApiRecord))]
[JsonSerializable(typeof(Resource))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(RequestValidator))]
[JsonSerializable(typeof(Authorizer))]
[JsonSerializable(typeof(GatewayResponse))]
[JsonSerializable(typeof(Stage))]
[JsonSerializable(typeof(RestDeployment))]
[JsonSerializable(typeof(Contracts.V1.Account))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(UsagePlan))]
[JsonSerializable(typeof(Certificates.ClientCertificateRecord))]
[JsonSerializable(typeof(DocumentationPart))]
[JsonSerializable(typeof(Documentation.DocumentationVersionRecord))]
internal sealed partial class RestRecords : JsonSerializerContext
{
    private const byte Version = 1;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(value, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(bytes[1..], type)!;
}
