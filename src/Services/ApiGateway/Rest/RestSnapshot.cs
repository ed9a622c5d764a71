using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest;

/// <summary>
/// All that serving a REST API needs, at one moment: a deployment freezes it, and <c>TestInvokeMethod</c> takes it from what is being edited.
/// </summary>
/// <param name="Api">Its name, binary media types, minimum compression size, API key source, policy.</param>
/// <param name="Resources">Each with its methods, and those with their integrations and responses.</param>
/// <param name="Models">By which bodies are validated.</param>
/// <param name="Validators">What of a request is validated.</param>
/// <param name="Authorizers">Who lets requests in.</param>
/// <param name="Responses">Those gateway responses that the owner has changed.</param>
internal sealed record RestSnapshot(
    RestApi Api,
    IReadOnlyList<Resource> Resources,
    IReadOnlyList<Model> Models,
    IReadOnlyList<RequestValidator> Validators,
    IReadOnlyList<Authorizer> Authorizers,
    IReadOnlyList<GatewayResponse> Responses);

/// <summary>A deployment of a REST API; it never changes but for its description.</summary>
internal sealed record RestDeployment(Deployment Deployment, RestSnapshot Snapshot);
