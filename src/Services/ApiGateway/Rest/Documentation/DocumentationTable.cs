using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>Reads and writes the documentation of APIs.</summary>
internal static class DocumentationTable
{
    public static DocumentationPart OwnPart(IPartitionReader reader, string apiId, string id, CallContext context) => RestPart.Own(
        reader, ApiGatewayKeyspace.RestDocumentationParts, apiId, id, RestRecords.Default.DocumentationPart, context,
        static () => RestFaults.NotFound("Invalid Documentation part identifier specified"));

    public static DocumentationVersionRecord OwnVersion(IPartitionReader reader, string apiId, string version, CallContext context) => RestPart.Own(
        reader, ApiGatewayKeyspace.RestDocumentationVersions, apiId, version, RestRecords.Default.DocumentationVersionRecord, context,
        static () => RestFaults.NotFound("Invalid Documentation version specified"));

    public static List<DocumentationPart> Parts(IPartitionReader reader, string apiId) =>
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestDocumentationParts, apiId, RestRecords.Default.DocumentationPart);

    public static void Put(Batch batch, string apiId, DocumentationPart part) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationParts, apiId, part.Id),
        StoredJson.Encode(part, RestRecords.Default.DocumentationPart));

    public static void Put(Batch batch, string apiId, DocumentationVersionRecord record) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationVersions, apiId, record.Version.Version),
        StoredJson.Encode(record, RestRecords.Default.DocumentationVersionRecord));
}
