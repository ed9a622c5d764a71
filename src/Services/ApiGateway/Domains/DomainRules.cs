using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest;
using Haneul.ApiGateway.Rest.Tags;
using Haneul.Integration.Certificates;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Domains;

/// <summary>
/// What domain names and mappings may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html"/>
/// </summary>
internal sealed class DomainRules(IEnumerable<ICertificates> certificates, IIdSource ids)
{
    private const int MostNames = 120;

    /// <summary>A domain that is to be created.</summary>
    /// <param name="name">As the caller writes it.</param>
    /// <param name="type">EDGE or REGIONAL.</param>
    /// <param name="certificateArn">Its certificate.</param>
    /// <param name="policy">The security policy.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="context">The caller.</param>
    /// <exception cref="Kernel.Errors.ServiceException">It cannot be created so.</exception>
    public DomainRecord New(
        string name, string type, string? certificateArn, string? policy, IReadOnlyDictionary<string, string>? tags, CallContext context)
    {
        var lower = name.ToLowerInvariant();
        if (Uri.CheckHostName(lower.StartsWith("*.", StringComparison.Ordinal) ? lower[2..] : lower) != UriHostNameType.Dns || !lower.Contains('.', StringComparison.Ordinal))
        {
            throw RestFaults.BadRequest("Domain name format is invalid.");
        }

        if (type is not (EndpointType.Edge or EndpointType.Regional))
        {
            throw RestFaults.BadRequest($"Haneul does not support domain names with the endpoint type {type} yet.");
        }

        CheckPolicy(policy);
        CheckCertificate(certificateArn, lower, type, context);
        return new DomainRecord
        {
            Account = context.Account.Value,
            Region = context.Region.Name,
            Name = lower,
            EndpointType = type,
            CertificateArn = certificateArn!,
            SecurityPolicy = SecurityPolicy.Tls12,
            Target = NewTarget(type, context),
            CertificateSince = context.Time,
            Tags = TagRules.Check(tags ?? new Dictionary<string, string>()),
        };
    }

    public string NewTarget(string type, CallContext context) => type == EndpointType.Edge
        ? $"d{ids.NewString(13, RandomIdSource.LowerAlphanumeric)}.cloudfront.net"
        : $"d-{ids.NewString(10, RandomIdSource.LowerAlphanumeric)}.execute-api.{context.Region}.amazonaws.com";

    public static void CheckPolicy(string? policy)
    {
        if (policy is not (null or SecurityPolicy.Tls12))
        {
            throw RestFaults.BadRequest($"Haneul does not support the security policy {policy} yet; TLS_1_2 serves TLS 1.2 and 1.3.");
        }
    }

    public void CheckCertificate(string? arn, string name, string type, CallContext context)
    {
        if (arn is null)
        {
            throw RestFaults.BadRequest("A certificate was not provided for the endpoint type " + type);
        }

        // The edge takes its certificates from one region.
        var region = type == EndpointType.Edge ? Region.Default.Name : context.Region.Name;
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "acm" || parsed.Region != region)
        {
            throw RestFaults.BadRequest($"Invalid certificate ARN: {arn}. Certificate must be in '{region}'.");
        }

        var facts = certificates.FirstOrDefault()?.Find(arn);
        if (facts is null || facts.Account != context.Account.Value)
        {
            throw RestFaults.BadRequest($"The provided certificate does not exist: {arn}");
        }

        if (!facts.Issued)
        {
            throw RestFaults.BadRequest($"Certificate {arn} in account {facts.Account} not yet issued");
        }

        if (!facts.Covers(name) && !facts.Names.Contains(name))
        {
            throw RestFaults.BadRequest($"The domain name {name} is not covered by the certificate {arn}.");
        }
    }

    /// <summary>Creates a domain.</summary>
    public static DomainRecord Create(Storage.IPartitionReader current, Storage.Batch batch, DomainRecord record, DomainTable domains, CallContext context)
    {
        if (DomainTable.Find(current, record.Name) is not null)
        {
            throw RestFaults.Conflict("The domain name you provided already exists.");
        }

        if (domains.Of(context).Count >= MostNames)
        {
            throw RestFaults.LimitExceeded("Maximum number of custom domain names per account has been reached.");
        }

        DomainTable.Put(batch, record);
        return record;
    }
}
