using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.InstanceProfiles;

/// <summary>
/// Lists instance profiles by name. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html"/>
/// </summary>
internal sealed class ListInstanceProfiles(IamStore iam) : IHandler<ListInstanceProfilesInput, ListInstanceProfilesOutput>
{
    public ValueTask<Outcome<ListInstanceProfilesOutput>> HandleAsync(
        ListInstanceProfilesInput input, CallContext context, CancellationToken cancel)
    {
        var reader = iam.Read(context.Account);
        var all = reader.All<InstanceProfileRecord>().Where(profile => profile.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = IamPage.Of(all, profile => profile.Name, input.Marker, input.MaxItems);
        return new(new ListInstanceProfilesOutput
        {
            InstanceProfiles = [.. page.Items.Select(profile => profile.ToProfile(reader))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
