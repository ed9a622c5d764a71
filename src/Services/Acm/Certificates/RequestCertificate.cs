using System.Security.Cryptography;
using Haneul.Acm.Authority;
using Haneul.Acm.Contracts;
using Haneul.Acm.Tags;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Acm.Certificates;

/// <summary>
/// Issues a certificate, signed by the cloud's own authority. Its domain is not looked up: validation succeeds a moment later.
/// <see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"/>
/// </summary>
internal sealed class RequestCertificate(CertificateTable certificates, LocalAuthority authority, IIdSource ids)
    : IHandler<RequestCertificateInput, RequestCertificateOutput>
{
    private static readonly TimeSpan s_idempotency = TimeSpan.FromHours(1);

    public async ValueTask<Outcome<RequestCertificateOutput>> HandleAsync(RequestCertificateInput input, CallContext context, CancellationToken cancel)
    {
        var refused = input.CertificateAuthorityArn is not null ? "CertificateAuthorityArn"
            : input.ManagedBy is not null ? "ManagedBy"
            : input.Options?.Export == CertificateExport.Enabled ? "Options.Export ENABLED"
            : input.ValidationMethod is ValidationMethod.Http ? "ValidationMethod HTTP"
            : null;
        if (refused is not null)
        {
            return AcmErrors.InvalidParameterException.With($"Haneul does not support {refused} of RequestCertificate yet.");
        }

        var domain = input.DomainName.ToLowerInvariant();
        var alternatives = (input.SubjectAlternativeNames ?? []).Select(name => name.ToLowerInvariant()).Where(name => name != domain).Distinct().ToList();
        IReadOnlyList<string> names = [domain, .. alternatives];
        if ((DomainNames.Check(names) ?? TagRules.Check(input.Tags, [])) is { } invalid)
        {
            return invalid;
        }

        if (KeyAlgorithms.Make(input.KeyAlgorithm ?? KeyAlgorithm.Rsa2048) is not { } key)
        {
            return AcmErrors.InvalidParameterException.With($"The key algorithm {input.KeyAlgorithm} is not supported for certificates that are requested.");
        }

        using (key)
        {
            using var certificate = authority.Issue(names, key);
            var record = new CertificateRecord
            {
                Account = context.Account.Value,
                Region = context.Region.Name,
                Id = ids.NewUuid(),
                DomainName = domain,
                Names = names,
                Type = CertificateType.AmazonIssued,
                KeyAlgorithm = input.KeyAlgorithm ?? KeyAlgorithm.Rsa2048,
                Certificate = certificate.ExportCertificatePem() + "\n",
                Chain = authority.Chain,
                PrivateKey = Pem(key),
                CreatedAt = context.Time,
                ValidationMethod = input.ValidationMethod ?? ValidationMethod.Email,
                ValidationToken = ids.NewString(32, RandomIdSource.LowerAlphanumeric),
                IdempotencyToken = input.IdempotencyToken,
                Tags = TagRules.Map(input.Tags),
            };
            var arn = await certificates.Partition.UpdateAsync((record, context), static (current, batch, state) =>
            {
                var (record, context) = state;
                var same = record.IdempotencyToken is null
                    ? null
                    : CertificateTable.List(current, AcmKeyspace.Key(record.Account, record.Region)).FirstOrDefault(other =>
                        other.IdempotencyToken == record.IdempotencyToken && other.CreatedAt > context.Time - s_idempotency && other.Names.SequenceEqual(record.Names));
                if (same is not null)
                {
                    return same.Arn;
                }

                CertificateTable.Put(batch, record);
                return record.Arn;
            });
            return new RequestCertificateOutput { CertificateArn = arn };
        }
    }

    internal static string Pem(AsymmetricAlgorithm key) => key.ExportPkcs8PrivateKeyPem();
}
