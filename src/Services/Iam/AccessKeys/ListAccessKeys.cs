using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.AccessKeys;

/// <summary>
/// Lists the keys of a user, without their secrets.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html"/>
/// </summary>
internal sealed class ListAccessKeys(IamStore iam) : IHandler<ListAccessKeysInput, ListAccessKeysOutput>
{
    public ValueTask<Outcome<ListAccessKeysOutput>> HandleAsync(ListAccessKeysInput input, CallContext context, CancellationToken cancel)
    {
        var user = iam.Read(context.Account).Get<UserRecord>(Caller.UserName(input.UserName, context));
        var page = IamPage.Of(user.Keys.OrderBy(key => key.Id, StringComparer.Ordinal), key => key.Id, input.Marker, input.MaxItems);
        return new(new ListAccessKeysOutput
        {
            AccessKeyMetadata =
            [
                .. page.Items.Select(key => new AccessKeyMetadata
                {
                    UserName = user.Name,
                    AccessKeyId = key.Id,
                    Status = key.Status,
                    CreateDate = key.Created,
                }),
            ],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
