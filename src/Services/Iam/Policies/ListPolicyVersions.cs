using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using System.Globalization;

namespace Haneul.Iam.Policies;

/// <summary>
/// Lists the versions of a managed policy. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html"/>
/// </summary>
internal sealed class ListPolicyVersions(IamStore iam) : IHandler<ListPolicyVersionsInput, ListPolicyVersionsOutput>
{
    public ValueTask<Outcome<ListPolicyVersionsOutput>> HandleAsync(
        ListPolicyVersionsInput input, CallContext context, CancellationToken cancel)
    {
        var policy = ManagedPolicies.Get(iam.Read(context.Account), input.PolicyArn);

        // The newest first, as AWS lists them; a page is ordered by how far a version is from the newest number.
        var page = IamPage.Of(
            policy.Versions, version => (int.MaxValue - version.Number).ToString("D10", CultureInfo.InvariantCulture), input.Marker, input.MaxItems);
        return new(new ListPolicyVersionsOutput
        {
            Versions = [.. page.Items.Select(version => policy.ToVersion(version, document: false))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
