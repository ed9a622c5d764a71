using System.Globalization;
using System.Text;
using Haneul.Acm.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Certificates;

/// <summary>
/// A page of the caller's certificates. Without a filter of key types only RSA 1024 and 2048 are listed, as on AWS.
/// <see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html"/>
/// </summary>
internal sealed class ListCertificates(CertificateTable certificates, CertificateView view) : IHandler<ListCertificatesInput, ListCertificatesOutput>
{
    private const int DefaultPage = 1000;

    public ValueTask<Outcome<ListCertificatesOutput>> HandleAsync(ListCertificatesInput input, CallContext context, CancellationToken cancel)
    {
        var start = 0;
        if (input.NextToken is { } token
            && (!Convert.TryFromBase64String(token, new byte[256], out _)
                || !int.TryParse(Encoding.UTF8.GetString(Convert.FromBase64String(token)), NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            return new(AcmErrors.InvalidArgsException.With("The page token is not valid."));
        }

        var types = input.Includes?.KeyTypes ?? [KeyAlgorithm.Rsa1024, KeyAlgorithm.Rsa2048];
        var found = CertificateTable.List(certificates.Partition, AcmKeyspace.Key(context.Account.Value, context.Region.Name))
            .Where(record => types.Contains(record.KeyAlgorithm))
            .OrderBy(record => record.CreatedAt)
            .Select(record => view.Detail(record, context.Time))
            .Where(detail => input.CertificateStatuses?.Contains(detail.Status!) != false && Includes(input.Includes, detail))
            .ToList();
        if (input.SortOrder == SortOrder.Descending)
        {
            found.Reverse();
        }

        var size = input.MaxItems ?? DefaultPage;
        var page = found.Skip(start).Take(size).Select(CertificateView.Summary).ToList();
        return new(new ListCertificatesOutput
        {
            CertificateSummaryList = page,
            NextToken = start + page.Count < found.Count
                ? Convert.ToBase64String(Encoding.UTF8.GetBytes((start + page.Count).ToString(CultureInfo.InvariantCulture)))
                : null,
        });
    }

    private static bool Includes(Filters? filters, CertificateDetail detail) =>
        (filters?.KeyUsage is not { Count: > 0 } usages || usages.Contains(KeyUsageName.Any) || detail.KeyUsages!.Any(usage => usages.Contains(usage.Name!)))
        && (filters?.ExtendedKeyUsage is not { Count: > 0 } extended || extended.Contains(ExtendedKeyUsageName.Any)
            || detail.ExtendedKeyUsages!.Any(usage => extended.Contains(usage.Name!)))
        && filters?.ExportOption is null or CertificateExport.Disabled && filters?.ManagedBy is null;
}
