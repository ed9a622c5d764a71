using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.ApiGateway.Rest.Execute.Routing;
using Haneul.ApiGateway.Rest.Execute.Validation;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>A deployment made ready to serve: what requests look up is found without search. Never changes.</summary>
internal sealed class RestSite
{
    public RestSite(RestSnapshot snapshot)
    {
        Snapshot = snapshot;
        Resources = new ResourceTree(snapshot.Resources);
        Responses = new GatewayResponses(snapshot.Responses);
        Binary = new BinaryTypes(snapshot.Api.BinaryMediaTypes);
        Schemas = new ModelSchemas(snapshot.Models);
        Policy = snapshot.Api.Policy is { Length: > 0 } policy ? new AttachedPolicy("resource policy", policy) : null;
    }

    public RestSnapshot Snapshot { get; }

    public RestApi Api => Snapshot.Api;

    public ResourceTree Resources { get; }

    public GatewayResponses Responses { get; }

    public BinaryTypes Binary { get; }

    public ModelSchemas Schemas { get; }

    /// <summary>The API's resource policy; the evaluator keeps its parsed form in it.</summary>
    public AttachedPolicy? Policy { get; }
}
