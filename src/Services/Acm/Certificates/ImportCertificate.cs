using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Haneul.Acm.Authority;
using Haneul.Acm.Contracts;
using Haneul.Acm.Tags;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Certificates;

/// <summary>
/// Takes a certificate of another authority with its key, or another certificate in the place of one.
/// <see href="https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html"/>
/// </summary>
internal sealed class ImportCertificate(CertificateTable certificates, IIdSource ids) : IHandler<ImportCertificateInput, ImportCertificateOutput>
{
    public async ValueTask<Outcome<ImportCertificateOutput>> HandleAsync(ImportCertificateInput input, CallContext context, CancellationToken cancel)
    {
        if (input.CertificateArn is not null && input.Tags is not null)
        {
            return AcmErrors.InvalidParameterException.With("Tagging is not permitted on re-import.");
        }

        if (TagRules.Check(input.Tags, []) is { } invalid)
        {
            return invalid;
        }

        var read = Read(Text(input.Certificate), Text(input.PrivateKey), input.CertificateChain is { } chain ? Text(chain) : null, context);
        return !read.Succeeded ? read.Error : await certificates.Partition.UpdateAsync((input, record: read.Value, context), static (current, batch, state) =>
        {
            var (input, record, context) = state;
            if (input.CertificateArn is { } arn)
            {
                var old = CertificateTable.Own(current, arn, context);
                if (old.Type != CertificateType.Imported)
                {
                    return (Outcome<ImportCertificateOutput>)AcmErrors.ValidationException.With("Only certificates that were imported can be imported again.");
                }

                record = record with { Id = old.Id, CreatedAt = old.CreatedAt, Tags = old.Tags };
            }

            CertificateTable.Put(batch, record);
            return new ImportCertificateOutput { CertificateArn = record.Arn };
        });
    }

    private Outcome<CertificateRecord> Read(string certificatePem, string keyPem, string? chainPem, CallContext context)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(certificatePem);
            if (KeyAlgorithms.Of(certificate) is not { } algorithm)
            {
                return AcmErrors.ValidationException.With("The certificate's key has an algorithm or a size that is not supported.");
            }

            if (context.Time < certificate.NotBefore || context.Time >= certificate.NotAfter)
            {
                return AcmErrors.ValidationException.With("The certificate is not valid yet, or no longer.");
            }

            // Reads the key and checks that it is this certificate's.
            using var withKey = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            using AsymmetricAlgorithm key = withKey.GetRSAPrivateKey() ?? (AsymmetricAlgorithm)withKey.GetECDsaPrivateKey()!;
            if (chainPem is not null)
            {
                new X509Certificate2Collection().ImportFromPem(chainPem);
            }

            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
            var subject = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
            return new CertificateRecord
            {
                Account = context.Account.Value,
                Region = context.Region.Name,
                Id = ids.NewUuid(),
                DomainName = subject,
                Names = names.Count > 0 ? names : [subject],
                Type = CertificateType.Imported,
                KeyAlgorithm = algorithm,
                Certificate = certificate.ExportCertificatePem() + "\n",
                Chain = chainPem,
                PrivateKey = RequestCertificate.Pem(key),
                CreatedAt = context.Time,
                ImportedAt = context.Time,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException)
        {
            return Invalid();
        }
    }

    private static ServiceError Invalid() => AcmErrors.ValidationException.With(
        "The certificate, its chain or its private key is not valid: each must be PEM, the key unencrypted and the certificate's own.");

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString((bytes ?? default).Span);
}
