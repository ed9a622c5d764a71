using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Certificates;

/// <summary>Reads and writes the client certificates of an account in a region.</summary>
internal static class CertificateTable
{
    public static ClientCertificateRecord Own(IPartitionReader reader, string id, CallContext context) =>
        AccountTable.Find(reader, ApiGatewayKeyspace.ClientCertificates, context, id, RestRecords.Default.ClientCertificateRecord)
            ?? throw RestFaults.NotFound("Invalid Client Certificate identifier specified");

    public static List<ClientCertificateRecord> All(IPartitionReader reader, CallContext context) =>
        AccountTable.All(reader, ApiGatewayKeyspace.ClientCertificates, context, RestRecords.Default.ClientCertificateRecord);

    public static void Put(Batch batch, CallContext context, ClientCertificateRecord record) => AccountTable.Put(
        batch, ApiGatewayKeyspace.ClientCertificates, context, record.Certificate.ClientCertificateId!, record,
        RestRecords.Default.ClientCertificateRecord);
}
