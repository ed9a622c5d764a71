using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Lists an API's documentation parts: all, or those of a type, a path or a name; also what is not documented yet.</summary>
internal sealed class GetDocumentationParts(RestTable apis) : IHandler<GetDocumentationPartsInput, GetDocumentationPartsOutput>
{
    public ValueTask<Outcome<GetDocumentationPartsOutput>> HandleAsync(
        GetDocumentationPartsInput input, CallContext context, CancellationToken cancel)
    {
        var api = RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = DocumentationTable.Parts(apis.Partition, input.RestApiId);
        if (input.LocationStatus == LocationStatusType.Undocumented)
        {
            all = UndocumentedParts.Of(RestTable.Snapshot(apis.Partition, api), all);
        }

        var wanted = all.FindAll(part =>
            (input.Type is null || part.Location!.Type == input.Type)
            && (input.Path is null || part.Location!.Path?.Contains(input.Path, StringComparison.Ordinal) == true)
            && (input.NameQuery is null || part.Location!.Name?.Contains(input.NameQuery, StringComparison.Ordinal) == true));
        var (page, position) = RestPage.Of(wanted, static part => part.Id ?? Key(part.Location!), input.Limit, input.Position);
        return new(new GetDocumentationPartsOutput { Items = page, Position = position });
    }

    private static string Key(DocumentationPartLocation location) =>
        $"{location.Type}|{location.Path}|{location.Method}|{location.StatusCode}|{location.Name}";
}
