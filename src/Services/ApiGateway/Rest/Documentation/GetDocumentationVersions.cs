using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Lists the versions of an API's documentation.</summary>
internal sealed class GetDocumentationVersions(RestTable apis) : IHandler<GetDocumentationVersionsInput, GetDocumentationVersionsOutput>
{
    public ValueTask<Outcome<GetDocumentationVersionsOutput>> HandleAsync(
        GetDocumentationVersionsInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = StoredJson.Parts(
            apis.Partition, ApiGatewayKeyspace.RestDocumentationVersions, input.RestApiId, RestRecords.Default.DocumentationVersionRecord)
            .ConvertAll(static record => record.Version);
        var (page, position) = RestPage.Of(all, static version => version.Version!, input.Limit, input.Position);
        return new(new GetDocumentationVersionsOutput { Items = page, Position = position });
    }
}
