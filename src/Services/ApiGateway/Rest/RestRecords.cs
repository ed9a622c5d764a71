using System.Text.Json.Serialization;
using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest;

/// <summary>The types of REST APIs' stored values.</summary>
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
internal sealed partial class RestRecords : JsonSerializerContext;
