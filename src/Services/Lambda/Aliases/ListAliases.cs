using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Aliases;

/// <summary>Lists aliases by name, those of one version if it is given.</summary>
internal sealed class ListAliases(FunctionTable functions) : IHandler<ListAliasesInput, ListAliasesOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListAliasesOutput>> HandleAsync(ListAliasesInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value with { Qualifier = null };
        var partition = functions.Of(reference);
        if (FunctionTable.Function(partition, reference.Name) is null)
        {
            return new(reference.NotFound());
        }

        var range = KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.Aliases, reference.Name));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<AliasConfiguration>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range))
        {
            var alias = Stored.Decode(entry.Value, RecordJson.Default.AliasRecord);
            if (input.FunctionVersion is { } version && alias.Version != version && alias.OtherVersion != version)
            {
                continue;
            }

            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            shown.Add(AliasRules.Show(reference, alias));
            last = entry.Key.ToArray();
        }

        return new(new ListAliasesOutput { Aliases = shown, NextMarker = next });
    }
}
