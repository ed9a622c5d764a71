using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>
/// Freezes an API's documentation; with the name of a stage, the stage gets it.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDocumentationVersion.html"/>
/// </summary>
internal sealed class CreateDocumentationVersion(RestTable apis) : IHandler<CreateDocumentationVersionInput, DocumentationVersion>
{
    public async ValueTask<Outcome<DocumentationVersion>> HandleAsync(
        CreateDocumentationVersionInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            if (string.IsNullOrWhiteSpace(input.DocumentationVersion))
            {
                throw RestFaults.BadRequest("Documentation version must be non-empty");
            }

            using var found = current.Get(
                ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationVersions, input.RestApiId, input.DocumentationVersion));
            if (found.Exists)
            {
                throw RestFaults.Conflict("Documentation version already exists");
            }

            var version = new DocumentationVersion
            {
                Version = input.DocumentationVersion,
                Description = Texts.NullIfEmpty(input.Description),
                CreatedDate = context.Time,
            };
            DocumentationTable.Put(
                batch, input.RestApiId, new DocumentationVersionRecord(version, DocumentationTable.Parts(current, input.RestApiId)));
            if (Texts.NullIfEmpty(input.StageName) is { } name)
            {
                var stage = StageRules.Own(current, input.RestApiId, name, context);
                stage.DocumentationVersion = version.Version;
                RestPut.Stage(batch, input.RestApiId, stage);
            }

            return version;
        });
}
