using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Roles;

/// <summary>Lists roles by name. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html"/></summary>
internal sealed class ListRoles(IamStore iam) : IHandler<ListRolesInput, ListRolesOutput>
{
    public ValueTask<Outcome<ListRolesOutput>> HandleAsync(ListRolesInput input, CallContext context, CancellationToken cancel)
    {
        var all = iam.Read(context.Account).All<RoleRecord>().Where(role => role.Path.StartsWith(input.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = IamPage.Of(all, role => role.Name, input.Marker, input.MaxItems);
        return new(new ListRolesOutput
        {
            Roles = [.. page.Items.Select(role => role.ToRole(context.Account, details: false))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
