using Haneul.Acm.Authority;
using Haneul.Acm.Certificates;
using Haneul.Acm.Contracts;
using Haneul.Acm.Integration;
using Haneul.Acm.Tags;
using Haneul.Http;
using Haneul.Integration.Certificates;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Acm;

/// <summary>AWS Certificate Manager, with an authority of the cloud's own.</summary>
public sealed class AcmModule : IServiceModule
{
    public ServiceModel Model => AcmOperations.Model;

    public ErrorShape ValidationError => AcmErrors.ValidationException;

    public IReadOnlyList<string> Differences =>
    [
        "Certificates are signed by an authority of this cloud, ca.pem in the data directory; domains are not looked up, and validation succeeds after two seconds.",
        "Private authorities, exportable certificates, HTTP validation and certificates managed by CloudFront are refused.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<CertificateTable>().AddSingleton<CertificateView>().AddSingleton<LocalAuthority>();
        services.AddSingleton<ICertificates, CertificateLookup>().AddSingleton<IServerCertificates, ServerCertificates>();
        services.AddSingleton<RenewalLoop>();
        services.AddHostedService(static provider => provider.GetRequiredService<RenewalLoop>());
        services.AddSingleton<IResourceFacts, CertificateTags>();
    }

    public void Map(OperationTable operations)
    {
        operations.Map(AcmOperations.AddTagsToCertificate).Needs("acm:AddTagsToCertificate", static (input, _) => input.CertificateArn)
            .Keys((input, _, authorization) => authorization.RequestTags(Pairs(input.Tags))).Use<AddTagsToCertificate>();
        operations.Map(AcmOperations.DeleteCertificate).Needs("acm:DeleteCertificate", static (input, _) => input.CertificateArn).Use<DeleteCertificate>();
        operations.Map(AcmOperations.DescribeCertificate).Needs("acm:DescribeCertificate", static (input, _) => input.CertificateArn).Use<DescribeCertificate>();
        operations.Map(AcmOperations.GetCertificate).Needs("acm:GetCertificate", static (input, _) => input.CertificateArn).Use<GetCertificate>();
        operations.Map(AcmOperations.ImportCertificate)
            .Needs("acm:ImportCertificate", static (input, context) => input.CertificateArn ?? Any(context))
            .Keys((input, _, authorization) => authorization.RequestTags(Pairs(input.Tags))).Use<ImportCertificate>();
        operations.Map(AcmOperations.ListCertificates).Needs("acm:ListCertificates", static (_, _) => "*").Use<ListCertificates>();
        operations.Map(AcmOperations.ListTagsForCertificate)
            .Needs("acm:ListTagsForCertificate", static (input, _) => input.CertificateArn).Use<ListTagsForCertificate>();
        operations.Map(AcmOperations.RemoveTagsFromCertificate).Needs("acm:RemoveTagsFromCertificate", static (input, _) => input.CertificateArn)
            .Keys((input, _, authorization) => authorization.RequestTags(Pairs(input.Tags))).Use<RemoveTagsFromCertificate>();
        operations.Map(AcmOperations.RequestCertificate)
            .Needs("acm:RequestCertificate", static (_, context) => Any(context))
            .Keys((input, _, authorization) =>
            {
                authorization.RequestTags(Pairs(input.Tags));
                authorization.Key("acm:ValidationMethod", input.ValidationMethod);
                authorization.Key("acm:KeyAlgorithm", input.KeyAlgorithm);
                authorization.Key("acm:DomainNames", [input.DomainName, .. input.SubjectAlternativeNames ?? []]);
            }).Use<RequestCertificate>();
    }

    private static string Any(CallContext context) => $"arn:aws:acm:{context.Region}:{context.Account}:certificate/*";

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IReadOnlyList<Tag>? tags) =>
        (tags ?? []).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value ?? ""));
}
