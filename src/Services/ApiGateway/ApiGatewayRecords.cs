using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway;

/// <summary>Stored values: a version byte, then JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiRecord))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(ApiIntegration))]
[JsonSerializable(typeof(Stage))]
[JsonSerializable(typeof(DeploymentRecord))]
[JsonSerializable(typeof(Authorizer))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(RouteResponseRecord))]
[JsonSerializable(typeof(IntegrationResponseRecord))]
internal sealed partial class ApiGatewayRecords : JsonSerializerContext
{
    private const byte Version = 1;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => [Version, .. JsonSerializer.SerializeToUtf8Bytes(value, type)];

    public static T Decode<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(bytes[1..], type)!;
}
