using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Documentation;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>What is exported of an API, and in which words.</summary>
/// <param name="Api">The deployment that the stage serves.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Version">The API's version, or when the deployment was made.</param>
/// <param name="Endpoint">Where the API is reached, without its stage.</param>
/// <param name="IsSwagger">Swagger 2.0, not OpenAPI 3.0.</param>
/// <param name="Integrations">With integrations.</param>
/// <param name="Authorizers">With what authorizers do.</param>
/// <param name="Settings">With what else only API Gateway knows: validators, gateway responses, policy.</param>
/// <param name="Documentation">The documentation to write, or null.</param>
internal sealed record ExportOptions(
    RestSnapshot Api, Stage Stage, string Version, Uri Endpoint, bool IsSwagger, bool Integrations, bool Authorizers, bool Settings,
    DocumentationVersionRecord? Documentation);
