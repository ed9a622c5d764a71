using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>
/// Changes a REST API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch"/>
/// </summary>
internal sealed class UpdateRestApi(RestTable apis) : IHandler<UpdateRestApiInput, RestApi>
{
    private static readonly PatchTable<RestApi> s_patch = new PatchTable<RestApi>(PatchWords.Plain)
        .On("/name", "replace", static (api, step) => api.Name = RestApiRules.Name(step.Value))
        .On("/description", "replace remove", static (api, step) => api.Description = step.Text)
        .On("/version", "replace remove", static (api, step) => api.Version = step.Text)
        .On("/apiKeySource", "replace", static (api, step) => api.ApiKeySource = RestApiRules.ApiKeySource(step.Value))
        .On("/disableExecuteApiEndpoint", "replace", static (api, step) => api.DisableExecuteApiEndpoint = step.IsTrue)
        .On("/minimumCompressionSize", "replace", static (api, step) => api.MinimumCompressionSize = RestApiRules.Compression(step.Value))
        .On("/policy", "replace remove", static (api, step) => api.Policy = RestApiRules.Policy(step.Text))
        .On("/binaryMediaTypes/{}", "add remove replace", ChangeMediaType)
        .On("/endpointConfiguration/types/{}", "add remove replace copy move test", ChangeType)
        .On("/endpointConfiguration/ipAddressType", "replace", ChangeAddress)
        .On("/endpointConfiguration/vpcEndpointIds", "add remove replace", ChangeVpcEndpoint)
        .On("/endpointConfiguration/vpcEndpointIds/{}", "add remove replace", ChangeVpcEndpoint);

    public async ValueTask<Outcome<RestApi>> HandleAsync(UpdateRestApiInput input, CallContext context, CancellationToken cancel)
    {
        var changed = await ChangeAsync(apis, input.RestApiId, context, api =>
        {
            s_patch.Apply(api, input.PatchOperations);

            // The parts of an endpoint may be changed in any order: what they are together is checked at the end.
            api.EndpointConfiguration = RestApiRules.Endpoint(api.EndpointConfiguration);
        });
        return RestApiView.Of(changed, tags: true);
    }

    /// <summary>Stores what <paramref name="change"/> makes of an API.</summary>
    internal static ValueTask<RestApi> ChangeAsync(RestTable apis, string apiId, CallContext context, Action<RestApi> change) =>
        apis.Partition.UpdateAsync((apiId, context, change), static (current, batch, state) =>
        {
            var record = RestTable.Own(current, state.apiId, state.context);
            state.change(record.Api);
            RestApiRules.ExpandPolicy(record.Api, state.context);
            RestPut.Api(batch, record);
            return record.Api;
        });

    private static void ChangeMediaType(RestApi api, PatchStep step)
    {
        var types = api.BinaryMediaTypes?.ToList() ?? [];
        if (step.IsAdd)
        {
            if (!types.Contains(step.Name))
            {
                types.Add(step.Name);
            }
        }
        else
        {
            if (!types.Remove(step.Name))
            {
                throw RestFaults.NotFound("Invalid binary media type specified");
            }

            if (!step.IsRemove && step.Text is { } replacement)
            {
                types.Add(replacement);
            }
        }

        api.BinaryMediaTypes = types.Count == 0 ? null : types;
    }

    private static void ChangeType(RestApi api, PatchStep step)
    {
        if (step.Op is not ("add" or "remove" or "replace"))
        {
            throw RestFaults.BadRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
        }

        var endpoint = api.EndpointConfiguration!;
        var types = endpoint.Types!.ToList();
        if (step.Op is "remove" or "replace")
        {
            // The path names the old type, or its place.
            types.RemoveAll(type => type == step.Name || step.Name == "0");
        }

        if (step.Op is "add" or "replace")
        {
            types.Add(step.Value is EndpointType.Edge or EndpointType.Regional or EndpointType.Private
                ? step.Value
                : throw RestFaults.BadRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"));
        }

        if (types is [EndpointType.Private] && endpoint.Types is not [EndpointType.Private])
        {
            endpoint.IpAddressType = IpAddressType.Dualstack;
        }

        endpoint.Types = types;
    }

    private static void ChangeAddress(RestApi api, PatchStep step) =>
        api.EndpointConfiguration!.IpAddressType = step.Value is IpAddressType.Ipv4 or IpAddressType.Dualstack
            ? step.Value
            : throw RestFaults.BadRequest("ipAddressType must be either ipv4 or dualstack.");

    private static void ChangeVpcEndpoint(RestApi api, PatchStep step)
    {
        var ids = api.EndpointConfiguration!.VpcEndpointIds?.ToList() ?? [];
        var named = step.Names.Count > 0 ? step.Name : null;
        if (step.IsRemove || (step.Op == "replace" && named is not null))
        {
            ids.Remove(named ?? step.Value ?? "");
        }

        if (!step.IsRemove && (step.Value ?? named) is { Length: > 0 } id && !ids.Contains(id))
        {
            ids.Add(id);
        }

        api.EndpointConfiguration.VpcEndpointIds = ids.Count == 0 ? null : ids;
    }
}
