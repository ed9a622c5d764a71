using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Lists mappings, of one stream or function if asked to.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html"/>
/// </summary>
internal sealed class ListEventSourceMappings(MappingTable mappings) : IHandler<ListEventSourceMappingsInput, ListEventSourceMappingsOutput>
{
    private const int MaxPage = 100;

    public ValueTask<Outcome<ListEventSourceMappingsOutput>> HandleAsync(
        ListEventSourceMappingsInput input, CallContext context, CancellationToken cancel)
    {
        string? function = null;
        if (input.FunctionName is { } name)
        {
            var parsed = FunctionReference.Parse(name, qualifier: null, context);
            if (!parsed.Succeeded)
            {
                return new(parsed.Error);
            }

            function = parsed.Value.QualifiedArn;
        }

        var range = KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Mappings));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<EventSourceMappingConfiguration>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in mappings.Of(context).Scan(range))
        {
            var item = MappingTable.Decode(entry.Value).Show(context.Account.Value, context.Region.Name);
            if ((input.EventSourceArn ?? item.EventSourceArn) != item.EventSourceArn || (function ?? item.FunctionArn) != item.FunctionArn)
            {
                continue;
            }

            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            shown.Add(item);
            last = entry.Key.ToArray();
        }

        return new(new ListEventSourceMappingsOutput { EventSourceMappings = shown, NextMarker = next });
    }
}
