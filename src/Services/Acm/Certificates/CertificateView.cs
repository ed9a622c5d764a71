using System.Security.Cryptography.X509Certificates;
using Haneul.Acm.Contracts;
using Haneul.Integration.Certificates;

namespace Haneul.Acm.Certificates;

/// <summary>Certificates as answers show them.</summary>
internal sealed class CertificateView(IEnumerable<ICertificateUsers> users)
{
    public CertificateDetail Detail(CertificateRecord record, DateTimeOffset now)
    {
        using var certificate = record.Read();
        var status = CertificateTable.Status(record, certificate.NotAfter, now);
        var imported = record.Type == CertificateType.Imported;
        var pending = status == CertificateStatus.PendingValidation;
        var uses = users.SelectMany(user => user.UsesOf(record.Arn)).ToList();
        return new CertificateDetail
        {
            CertificateArn = record.Arn,
            DomainName = record.DomainName,
            SubjectAlternativeNames = record.Names,
            DomainValidationOptions = imported ? null : [.. record.Names.Select(name => Validation(record, name, pending))],
            Serial = pending ? null : string.Join(':', Enumerable.Range(0, certificate.SerialNumber.Length / 2)
                .Select(i => certificate.SerialNumber.Substring(i * 2, 2).ToLowerInvariant())),
            Subject = certificate.Subject,
            Issuer = imported ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true) : "Amazon",
            CreatedAt = record.CreatedAt,
            IssuedAt = imported || pending ? null : record.RenewedAt ?? record.CreatedAt + CertificateTable.ValidationTime,
            ImportedAt = record.ImportedAt,
            Status = status,
            NotBefore = pending ? null : certificate.NotBefore,
            NotAfter = pending ? null : certificate.NotAfter,
            KeyAlgorithm = record.KeyAlgorithm,
            SignatureAlgorithm = certificate.SignatureAlgorithm.FriendlyName?.Replace("sha256ECDSA", "SHA256WITHECDSA", StringComparison.Ordinal)
                .Replace("sha256RSA", "SHA256WITHRSA", StringComparison.Ordinal),
            InUseBy = uses,
            Type = record.Type,
            KeyUsages = [.. KeyUsages(certificate)],
            ExtendedKeyUsages = [.. ExtendedKeyUsages(certificate)],
            RenewalEligibility = imported || uses.Count == 0 ? RenewalEligibility.Ineligible : RenewalEligibility.Eligible,
            Options = new CertificateOptions
            {
                CertificateTransparencyLoggingPreference = CertificateTransparencyLoggingPreference.Disabled,
                Export = CertificateExport.Disabled,
            },
        };
    }

    public static CertificateSummary Summary(CertificateDetail detail) => new()
    {
        CertificateArn = detail.CertificateArn,
        DomainName = detail.DomainName,
        SubjectAlternativeNameSummaries = detail.SubjectAlternativeNames,
        HasAdditionalSubjectAlternativeNames = false,
        Status = detail.Status,
        Type = detail.Type,
        KeyAlgorithm = detail.KeyAlgorithm,
        KeyUsages = [.. detail.KeyUsages!.Select(usage => usage.Name!)],
        ExtendedKeyUsages = [.. detail.ExtendedKeyUsages!.Select(usage => usage.Name!)],
        ExportOption = CertificateExport.Disabled,
        InUse = detail.InUseBy!.Count > 0,
        Exported = false,
        RenewalEligibility = detail.RenewalEligibility,
        NotBefore = detail.NotBefore,
        NotAfter = detail.NotAfter,
        CreatedAt = detail.CreatedAt,
        IssuedAt = detail.IssuedAt,
        ImportedAt = detail.ImportedAt,
    };

    private static DomainValidation Validation(CertificateRecord record, string name, bool pending)
    {
        var bare = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        var isDns = record.ValidationMethod == ValidationMethod.Dns;
        return new DomainValidation
        {
            DomainName = name,
            ValidationDomain = bare,
            ValidationStatus = pending ? DomainStatus.PendingValidation : DomainStatus.Success,
            ValidationMethod = record.ValidationMethod,
            ValidationEmails = isDns
                ? null
                : [.. ((string[])["administrator", "hostmaster", "postmaster", "webmaster", "admin"]).Select(user => $"{user}@{bare}")],
            ResourceRecord = isDns
                ? new ResourceRecord { Name = $"_{record.ValidationToken}.{bare}.", Type = RecordType.Cname, Value = $"_{record.Id.Replace("-", "", StringComparison.Ordinal)}.acm-validations.aws." }
                : null,
        };
    }

    private static IEnumerable<KeyUsage> KeyUsages(X509Certificate2 certificate)
    {
        var flags = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None;
        (X509KeyUsageFlags Flag, string Name)[] names =
        [
            (X509KeyUsageFlags.DigitalSignature, KeyUsageName.DigitalSignature), (X509KeyUsageFlags.NonRepudiation, KeyUsageName.NonRepudiation),
            (X509KeyUsageFlags.KeyEncipherment, KeyUsageName.KeyEncipherment), (X509KeyUsageFlags.DataEncipherment, KeyUsageName.DataEncipherment),
            (X509KeyUsageFlags.KeyAgreement, KeyUsageName.KeyAgreement),
        ];
        return names.Where(each => flags.HasFlag(each.Flag)).Select(each => new KeyUsage { Name = each.Name });
    }

    private static IEnumerable<ExtendedKeyUsage> ExtendedKeyUsages(X509Certificate2 certificate)
    {
        foreach (var usage in certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>()))
        {
            yield return new ExtendedKeyUsage
            {
                OID = usage.Value,
                Name = usage.Value switch
                {
                    "1.3.6.1.5.5.7.3.1" => ExtendedKeyUsageName.TlsWebServerAuthentication,
                    "1.3.6.1.5.5.7.3.2" => ExtendedKeyUsageName.TlsWebClientAuthentication,
                    "1.3.6.1.5.5.7.3.3" => ExtendedKeyUsageName.CodeSigning,
                    _ => ExtendedKeyUsageName.Custom,
                },
            };
        }
    }
}
