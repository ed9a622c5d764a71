using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Shows a documentation part.</summary>
internal sealed class GetDocumentationPart(RestTable apis) : IHandler<GetDocumentationPartInput, DocumentationPart>
{
    public ValueTask<Outcome<DocumentationPart>> HandleAsync(GetDocumentationPartInput input, CallContext context, CancellationToken cancel) =>
        new(DocumentationTable.OwnPart(apis.Partition, input.RestApiId, input.DocumentationPartId, context));
}
