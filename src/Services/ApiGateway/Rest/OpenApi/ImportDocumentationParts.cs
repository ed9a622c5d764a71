using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Documentation;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Takes the documentation parts of a description in Swagger or OpenAPI.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_ImportDocumentationParts.html"/>
/// </summary>
internal sealed class ImportDocumentationParts(RestTable apis, IIdSource ids)
    : IHandler<ImportDocumentationPartsInput, ImportDocumentationPartsOutput>
{
    public async ValueTask<Outcome<ImportDocumentationPartsOutput>> HandleAsync(
        ImportDocumentationPartsInput input, CallContext context, CancellationToken cancel)
    {
        using var document = OpenApiDocument.Parse(input.Body ?? default)
            ?? throw RestFaults.BadRequest("Unable to build importer with provided input.");
        var imported = new ImportedApi { Api = new RestApi() };
        OpenApiImport.ReadDocumentation(document.Root, imported);
        ImportWarnings.Check(imported, input.FailOnWarnings);
        return await apis.Partition.UpdateAsync((input, imported, context, ids), static (current, batch, state) =>
        {
            var (input, imported, context, ids) = state;
            RestTable.Own(current, input.RestApiId, context);
            var existing = DocumentationTable.Parts(current, input.RestApiId);
            if (input.Mode == PutMode.Overwrite)
            {
                batch.DeleteRange(KeyRange.Prefix(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationParts, input.RestApiId)));
                existing = [];
            }

            return new ImportDocumentationPartsOutput
            {
                Ids = PutImported.PutParts(batch, input.RestApiId, existing, imported.Documentation, ids),
                Warnings = imported.Warnings.Count == 0 ? null : imported.Warnings,
            };
        });
    }
}
