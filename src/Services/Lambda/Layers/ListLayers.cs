using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Layers;

/// <summary>Lists layers by name, each with its newest version that suits.</summary>
internal sealed class ListLayers(LayerTable layers) : IHandler<ListLayersInput, ListLayersOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListLayersOutput>> HandleAsync(ListLayersInput input, CallContext context, CancellationToken cancel)
    {
        var partition = layers.Of(context);
        var range = KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Layers));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<LayersListItem>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range))
        {
            var name = PageMarker.FunctionOf(entry.Key);
            if (Newest(partition, name, input) is not { } version)
            {
                continue;
            }

            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            shown.Add(new LayersListItem
            {
                LayerName = name, LayerArn = LayerTable.LayerArn(name, context), LatestMatchingVersion = LayerTable.ShowItem(version, context),
            });
            last = entry.Key.ToArray();
        }

        return new(new ListLayersOutput { Layers = shown, NextMarker = next });
    }

    private static LayerVersionRecord? Newest(IPartition partition, string name, ListLayersInput input)
    {
        foreach (var entry in partition.Scan(KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.LayerVersions, name)), ScanOrder.Descending))
        {
            var version = Stored.Decode(entry.Value, RecordJson.Default.LayerVersionRecord);
            if (LayerTable.Suits(version, input.CompatibleRuntime, input.CompatibleArchitecture))
            {
                return version;
            }
        }

        return null;
    }
}
