using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>Lists an API's authorizers.</summary>
internal sealed class GetAuthorizers(RestTable apis) : IHandler<GetAuthorizersInput, GetAuthorizersOutput>
{
    public ValueTask<Outcome<GetAuthorizersOutput>> HandleAsync(GetAuthorizersInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.RestAuthorizers, input.RestApiId, RestRecords.Default.Authorizer);
        var (page, position) = RestPage.Of(all, static authorizer => authorizer.Id!, input.Limit, input.Position);
        return new(new GetAuthorizersOutput { Items = page, Position = position });
    }
}
