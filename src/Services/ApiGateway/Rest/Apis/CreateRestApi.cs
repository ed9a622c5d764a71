using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>
/// Creates a REST API with its root resource and the models Empty and Error, or as a copy of another one.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html"/>
/// </summary>
internal sealed class CreateRestApi(RestTable apis, IIdSource ids) : IHandler<CreateRestApiInput, RestApi>
{
    public async ValueTask<Outcome<RestApi>> HandleAsync(CreateRestApiInput input, CallContext context, CancellationToken cancel)
    {
        var api = new RestApi
        {
            Name = RestApiRules.Name(input.Name),
            Description = RestApiRules.Description(input.Description),
            Version = Texts.NullIfEmpty(input.Version),
            BinaryMediaTypes = input.BinaryMediaTypes is { Count: > 0 } types ? types : null,
            MinimumCompressionSize = input.MinimumCompressionSize is { } size ? RestApiRules.Compression(size) : null,
            ApiKeySource = input.ApiKeySource ?? ApiKeySourceType.Header,
            EndpointConfiguration = RestApiRules.Endpoint(input.EndpointConfiguration),
            Policy = RestApiRules.Policy(input.Policy),
            DisableExecuteApiEndpoint = input.DisableExecuteApiEndpoint ?? false,
            Tags = input.Tags is { Count: > 0 } tags ? TagRules.Check(tags) : null,
            SecurityPolicy = input.SecurityPolicy,
            EndpointAccessMode = input.EndpointAccessMode,
            CreatedDate = context.Time,
        };
        if (input.SecurityPolicy is not null || input.EndpointAccessMode is not null)
        {
            throw RestFaults.BadRequest(
                $"Haneul does not support {(input.SecurityPolicy is null ? "endpointAccessMode" : "securityPolicy")} of CreateRestApi yet.");
        }

        var created = await apis.Partition.UpdateAsync((api, input.CloneFrom, context, ids), static (current, batch, state) =>
        {
            var (api, source, context, ids) = state;
            NewRestApi.Into(current, batch, api, source, context, ids);
            return api;
        });
        return RestApiView.Of(created, tags: false);
    }
}
