using System.Text.Json.Serialization;
using Haneul.ApiGateway.Contracts.V2;

namespace Haneul.ApiGateway;

/// <summary>The types of stored values of HTTP and WebSocket APIs.</summary>
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
internal sealed partial class ApiGatewayRecords : JsonSerializerContext;
