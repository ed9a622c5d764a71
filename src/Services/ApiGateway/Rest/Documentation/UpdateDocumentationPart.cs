using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>
/// Changes what a documentation part says.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDocumentationPart-Patch"/>
/// </summary>
internal sealed class UpdateDocumentationPart(RestTable apis) : IHandler<UpdateDocumentationPartInput, DocumentationPart>
{
    private static readonly PatchTable<DocumentationPart> s_patch = new PatchTable<DocumentationPart>(PatchWords.Listed)
        .On("/properties", "replace", static (part, step) => part.Properties = DocumentationRules.Properties(step.Value));

    public async ValueTask<Outcome<DocumentationPart>> HandleAsync(
        UpdateDocumentationPartInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var part = DocumentationTable.OwnPart(current, input.RestApiId, input.DocumentationPartId, context);
            s_patch.Apply(part, input.PatchOperations);
            DocumentationTable.Put(batch, input.RestApiId, part);
            return part;
        });
}
