using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Lists an API's authorizers.</summary>
internal sealed class GetAuthorizers(ApiTable apis) : IHandler<GetAuthorizersInput, GetAuthorizersOutput>
{
    public ValueTask<Outcome<GetAuthorizersOutput>> HandleAsync(GetAuthorizersInput input, CallContext context, CancellationToken cancel)
    {
        ApiTable.Own(apis.Partition, input.ApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.Authorizers, input.ApiId, ApiGatewayRecords.Default.Authorizer);
        var (page, next) = Page.Of(all, authorizer => authorizer.AuthorizerId!, input.MaxResults, input.NextToken);
        return new(new GetAuthorizersOutput { Items = page, NextToken = next });
    }
}
