using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Layers;

/// <summary>Lists the versions of a layer, the newest first.</summary>
internal sealed class ListLayerVersions(LayerTable layers) : IHandler<ListLayerVersionsInput, ListLayerVersionsOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListLayerVersionsOutput>> HandleAsync(ListLayerVersionsInput input, CallContext context, CancellationToken cancel)
    {
        var range = KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.LayerVersions, LayerTable.Name(input.LayerName)));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.Before(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<LayerVersionsListItem>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in layers.Of(context).Scan(range, ScanOrder.Descending))
        {
            var version = Stored.Decode(entry.Value, RecordJson.Default.LayerVersionRecord);
            if (!LayerTable.Suits(version, input.CompatibleRuntime, input.CompatibleArchitecture))
            {
                continue;
            }

            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            shown.Add(LayerTable.ShowItem(version, context));
            last = entry.Key.ToArray();
        }

        return new(new ListLayerVersionsOutput { LayerVersions = shown, NextMarker = next });
    }
}
