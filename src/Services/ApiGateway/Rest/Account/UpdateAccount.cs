using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using AccountSettings = Haneul.ApiGateway.Contracts.V1.Account;

namespace Haneul.ApiGateway.Rest.Account;

/// <summary>
/// Changes the account's settings in the region: the role by which APIs write their logs. Where roles are served, it must be one that API Gateway
/// can take.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAccount-Patch"/>
/// </summary>
internal sealed class UpdateAccount(RestTable apis, IEnumerable<IRoles> roles) : IHandler<UpdateAccountInput, AccountSettings>
{
    private static readonly PatchTable<AccountSettings> s_patch = new PatchTable<AccountSettings>(PatchWords.Plain)
        .On("/cloudwatchRoleArn", "replace", static (account, step) => account.CloudwatchRoleArn = step.Text)
        .On("/features", "add remove", ChangeFeature);

    public async ValueTask<Outcome<AccountSettings>> HandleAsync(UpdateAccountInput input, CallContext context, CancellationToken cancel)
    {
        foreach (var operation in input.PatchOperations ?? [])
        {
            if (operation is { Path: "/cloudwatchRoleArn", Op: "replace", Value.Length: > 0 })
            {
                await CheckRoleAsync(operation.Value, context, cancel);
            }
        }

        return await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var account = AccountTable.Settings(current, context);
            s_patch.Apply(account, input.PatchOperations);
            batch.Put(AccountTable.Key(ApiGatewayKeyspace.Accounts, context), StoredJson.Encode(account, RestRecords.Default.Account));
            return account;
        });
    }

    private async ValueTask CheckRoleAsync(string role, CallContext context, CancellationToken cancel)
    {
        if (!Arn.TryParse(role, out var arn) || arn.Service != "iam" || !arn.Resource.StartsWith("role/", StringComparison.Ordinal))
        {
            throw RestFaults.BadRequest("Invalid ARN specified in the request");
        }

        foreach (var issuer in roles)
        {
            var taken = await issuer.AssumeForServiceAsync(role, "apigateway", "apigateway.amazonaws.com", sourceArn: null, context, cancel);
            if (!taken.Succeeded)
            {
                throw RestFaults.BadRequest(
                    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add "
                    + "the required role policy.");
            }
        }
    }

    private static void ChangeFeature(AccountSettings account, PatchStep step)
    {
        if (step.Value != "UsagePlans" || step.IsRemove)
        {
            throw RestFaults.BadRequest(step.IsRemove
                ? "Usage Plans cannot be disabled once enabled"
                : $"Invalid feature specified: {step.Value ?? "null"}");
        }

        account.Features = ["UsagePlans"];
    }
}
