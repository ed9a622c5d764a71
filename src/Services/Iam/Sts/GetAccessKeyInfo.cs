using Haneul.Iam.AccessKeys;
using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.Iam.Sts;

/// <summary>
/// Tells the account of an access key. <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html"/>
/// </summary>
internal sealed class GetAccessKeyInfo(IamStore iam) : IHandler<GetAccessKeyInfoInput, GetAccessKeyInfoOutput>
{
    public ValueTask<Outcome<GetAccessKeyInfoOutput>> HandleAsync(
        GetAccessKeyInfoInput input, CallContext context, CancellationToken cancel)
    {
        var account = KeyTable.FindOwner(iam.Keys, input.AccessKeyId)?.Account ?? KeyAccount.Decode(input.AccessKeyId)?.Value;
        return account is null
            ? throw StsFaults.Validation("Invalid AccessKeyId")
            : new(new GetAccessKeyInfoOutput { Account = account });
    }
}
