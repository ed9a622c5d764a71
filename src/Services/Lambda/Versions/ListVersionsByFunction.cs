using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Versions;

/// <summary>Lists versions in order, <c>$LATEST</c> first.</summary>
internal sealed class ListVersionsByFunction(FunctionTable functions) : IHandler<ListVersionsByFunctionInput, ListVersionsByFunctionOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListVersionsByFunctionOutput>> HandleAsync(ListVersionsByFunctionInput input, CallContext context, CancellationToken cancel)
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

        var range = KeyRange.Prefix(LambdaKeyspace.VersionsOf(reference.Name));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<FunctionConfiguration>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range, limit: limit + 1))
        {
            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            var version = Stored.Decode(entry.Value, RecordJson.Default.VersionRecord);
            shown.Add(Configurations.Show(reference, version, version.Version).InList());
            last = entry.Key.ToArray();
        }

        return new(new ListVersionsByFunctionOutput { Versions = shown, NextMarker = next });
    }
}
