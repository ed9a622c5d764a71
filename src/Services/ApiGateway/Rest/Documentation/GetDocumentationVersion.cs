using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Shows a documentation version.</summary>
internal sealed class GetDocumentationVersion(RestTable apis) : IHandler<GetDocumentationVersionInput, DocumentationVersion>
{
    public ValueTask<Outcome<DocumentationVersion>> HandleAsync(
        GetDocumentationVersionInput input, CallContext context, CancellationToken cancel) =>
        new(DocumentationTable.OwnVersion(apis.Partition, input.RestApiId, input.DocumentationVersion, context).Version);
}
