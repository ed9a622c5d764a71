using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Storage;

namespace Haneul.Lambda.Functions;

/// <summary>
/// Lists functions by name, 50 a page; with <c>ALL</c> their published versions too.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html"/>
/// </summary>
internal sealed class ListFunctions(IStore store) : IHandler<ListFunctionsInput, ListFunctionsOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListFunctionsOutput>> HandleAsync(ListFunctionsInput input, CallContext context, CancellationToken cancel)
    {
        if (input.MasterRegion is not null and not "ALL")
        {
            return new(ConfigurationRules.Unsupported("MasterRegion " + input.MasterRegion, "ListFunctions"));
        }

        var partition = store.Partition(LambdaKeyspace.Partition(context.Account.Value, context.Region.Name));
        var all = input.FunctionVersion == FunctionVersion.All;
        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var range = KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Versions));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var shown = new List<FunctionConfiguration>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range))
        {
            var version = Stored.Decode(entry.Value, RecordJson.Default.VersionRecord);
            if (!all && version.Version != FunctionReference.Latest)
            {
                continue;
            }

            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            var reference = new FunctionReference(context.Account.Value, context.Region.Name, PageMarker.FunctionOf(entry.Key), Qualifier: null);
            var item = Configurations.Show(reference, version, all ? version.Version : null);
            shown.Add(item.InList());
            last = entry.Key.ToArray();
        }

        return new(new ListFunctionsOutput { Functions = shown, NextMarker = next });
    }
}
