using Haneul.Acm.Certificates;
using Haneul.Kernel.Identity;

namespace Haneul.Acm.Integration;

/// <summary>The tags of certificates, for policies that ask for them.</summary>
internal sealed class CertificateTags(CertificateTable certificates) : IResourceFacts
{
    public string Service => "acm";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel) =>
        new(certificates.Find(resource.ToString()) is { } record ? new ResourceFacts(Policy: null, record.Tags) : ResourceFacts.None);
}
