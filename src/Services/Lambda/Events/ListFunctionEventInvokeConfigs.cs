using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Lambda.Events;

/// <summary>Lists the settings for events of a function, its versions and its aliases.</summary>
internal sealed class ListFunctionEventInvokeConfigs(FunctionTable functions)
    : IHandler<ListFunctionEventInvokeConfigsInput, ListFunctionEventInvokeConfigsOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListFunctionEventInvokeConfigsOutput>> HandleAsync(
        ListFunctionEventInvokeConfigsInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value;
        var partition = functions.Of(reference);
        if (FunctionTable.Function(partition, reference.Name) is null)
        {
            return new(EventConfigs.NoFunction);
        }

        var range = KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.EventConfigs, reference.Name));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<FunctionEventInvokeConfig>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range, limit: limit + 1))
        {
            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            shown.Add(EventConfigs.Show(
                reference with { Qualifier = key.ReadText() }, Stored.Decode(entry.Value, RecordJson.Default.EventSettings)));
            last = entry.Key.ToArray();
        }

        return new(new ListFunctionEventInvokeConfigsOutput { FunctionEventInvokeConfigs = shown, NextMarker = next });
    }
}
