using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>
/// Adds a documentation part to an API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDocumentationPart.html"/>
/// </summary>
internal sealed class CreateDocumentationPart(RestTable apis, IIdSource ids) : IHandler<CreateDocumentationPartInput, DocumentationPart>
{
    public async ValueTask<Outcome<DocumentationPart>> HandleAsync(
        CreateDocumentationPartInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            RestTable.Own(current, input.RestApiId, context);
            var part = new DocumentationPart
            {
                Id = Texts.NewId(ids),
                Location = DocumentationRules.Location(input.Location),
                Properties = DocumentationRules.Properties(input.Properties),
            };
            var all = DocumentationTable.Parts(current, input.RestApiId);
            if (all.Exists(other => DocumentationRules.Same(other.Location!, part.Location)))
            {
                throw RestFaults.Conflict("Documentation part already exists for the specified location");
            }

            if (all.Count >= DocumentationRules.MostParts)
            {
                throw RestFaults.LimitExceeded("Maximum number of documentation parts for this API has been reached.");
            }

            DocumentationTable.Put(batch, input.RestApiId, part);
            return part;
        });
}
