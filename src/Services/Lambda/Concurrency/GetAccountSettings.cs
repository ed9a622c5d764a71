using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Haneul.Storage;

namespace Haneul.Lambda.Concurrency;

/// <summary>Shows the limits of an account in a region and what of them is used.</summary>
internal sealed class GetAccountSettings(IStore store) : IHandler<GetAccountSettingsInput, GetAccountSettingsOutput>
{
    private const long TotalCodeSize = 80_530_636_800;

    public ValueTask<Outcome<GetAccountSettingsOutput>> HandleAsync(GetAccountSettingsInput input, CallContext context, CancellationToken cancel)
    {
        var partition = store.Partition(LambdaKeyspace.Partition(context.Account.Value, context.Region.Name));
        long functions = 0, size = 0;
        foreach (var entry in partition.Scan(KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Versions))))
        {
            var version = Stored.Decode(entry.Value, RecordJson.Default.VersionRecord);
            functions += version.Version == FunctionReference.Latest ? 1 : 0;
            size += version.CodeSize;
        }

        return new(new GetAccountSettingsOutput
        {
            AccountLimit = new AccountLimit
            {
                TotalCodeSize = TotalCodeSize,
                CodeSizeUnzipped = CodeArchive.MaxUnzipped,
                CodeSizeZipped = CodeStore.MaxZipped,
                ConcurrentExecutions = ConcurrencyGate.AccountLimit,
                UnreservedConcurrentExecutions = ConcurrencyGate.AccountLimit - ReservedPlaces.OfAll(partition),
            },
            AccountUsage = new AccountUsage { TotalCodeSize = size, FunctionCount = functions },
        });
    }
}
