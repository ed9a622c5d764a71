using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Deletes a documentation version.</summary>
internal sealed class DeleteDocumentationVersion(RestTable apis) : IHandler<DeleteDocumentationVersionInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteDocumentationVersionInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            DocumentationTable.OwnVersion(current, input.RestApiId, input.DocumentationVersion, context);
            RestPut.Delete(batch, ApiGatewayKeyspace.RestDocumentationVersions, input.RestApiId, input.DocumentationVersion);
            return (Outcome<Unit>)Unit.Value;
        });
}
