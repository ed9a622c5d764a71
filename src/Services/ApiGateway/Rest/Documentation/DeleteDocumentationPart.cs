using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Deletes a documentation part; versions keep what they froze.</summary>
internal sealed class DeleteDocumentationPart(RestTable apis) : IHandler<DeleteDocumentationPartInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteDocumentationPartInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            DocumentationTable.OwnPart(current, input.RestApiId, input.DocumentationPartId, context);
            RestPut.Delete(batch, ApiGatewayKeyspace.RestDocumentationParts, input.RestApiId, input.DocumentationPartId);
            return (Outcome<Unit>)Unit.Value;
        });
}
