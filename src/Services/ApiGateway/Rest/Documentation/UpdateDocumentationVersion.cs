using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>
/// Changes the description of a documentation version.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDocumentationVersion-Patch"/>
/// </summary>
internal sealed class UpdateDocumentationVersion(RestTable apis) : IHandler<UpdateDocumentationVersionInput, DocumentationVersion>
{
    private static readonly PatchTable<DocumentationVersion> s_patch = new PatchTable<DocumentationVersion>(PatchWords.Listed)
        .On("/description", "replace", static (version, step) => version.Description = step.Text);

    public async ValueTask<Outcome<DocumentationVersion>> HandleAsync(
        UpdateDocumentationVersionInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var record = DocumentationTable.OwnVersion(current, input.RestApiId, input.DocumentationVersion, context);
            s_patch.Apply(record.Version, input.PatchOperations);
            DocumentationTable.Put(batch, input.RestApiId, record);
            return record.Version;
        });
}
