using Haneul.Iam.Contracts;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.AccessKeys;

/// <summary>
/// Makes a key for a user, who may have two. <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html"/>
/// </summary>
internal sealed class CreateAccessKey(IamStore iam, IIdSource ids) : IHandler<CreateAccessKeyInput, CreateAccessKeyOutput>
{
    public async ValueTask<Outcome<CreateAccessKeyOutput>> HandleAsync(
        CreateAccessKeyInput input, CallContext context, CancellationToken cancel)
    {
        var key = new AccessKeyRecord { Id = ids.NewKeyId(IamIds.AccessKey, context.Account), Secret = ids.NewSecret(), Created = context.Now() };
        var user = await iam.UpdateWithKeysAsync(context.Account, (edit, _, keys) =>
        {
            var owner = edit.Get<UserRecord>(Caller.UserName(input.UserName, context));
            if (owner.Keys.Count >= AccessKeyRecord.Limit)
            {
                throw IamFaults.Quota("AccessKeysPerUser", AccessKeyRecord.Limit);
            }

            edit.Put(owner with { Keys = [.. owner.Keys, key] });
            KeyTable.Own(keys, key.Id, context.Account, owner.Name);
            return owner;
        });
        return new CreateAccessKeyOutput
        {
            AccessKey = new AccessKey
            {
                UserName = user.Name,
                AccessKeyId = key.Id,
                SecretAccessKey = key.Secret,
                Status = key.Status,
                CreateDate = key.Created,
            },
        };
    }
}
