using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Urls;

/// <summary>Lists the URLs of a function and its aliases.</summary>
internal sealed class ListFunctionUrlConfigs(FunctionTable functions) : IHandler<ListFunctionUrlConfigsInput, ListFunctionUrlConfigsOutput>
{
    private const int MaxPage = 50;

    public ValueTask<Outcome<ListFunctionUrlConfigsOutput>> HandleAsync(ListFunctionUrlConfigsInput input, CallContext context, CancellationToken cancel)
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
            return new(FunctionUrls.NoFunction);
        }

        var range = KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.Urls, reference.Name));
        if (input.Marker is { } marker)
        {
            if (!PageMarker.TryRead(marker, out var key))
            {
                return new(LambdaErrors.InvalidParameterValueException.With("Invalid marker."));
            }

            range = range.After(key);
        }

        var limit = Math.Min(input.MaxItems ?? MaxPage, MaxPage);
        var shown = new List<FunctionUrlConfig>();
        byte[] last = [];
        string? next = null;
        foreach (var entry in partition.Scan(range, limit: limit + 1))
        {
            if (shown.Count == limit)
            {
                next = PageMarker.Write(last);
                break;
            }

            var url = Stored.Decode(entry.Value, RecordJson.Default.UrlRecord);
            var owner = reference with { Qualifier = url.Qualifier };
            shown.Add(new FunctionUrlConfig
            {
                FunctionUrl = FunctionUrls.Address(owner, url, context),
                FunctionArn = owner.QualifiedArn,
                AuthType = FunctionUrlAuthType.None,
                Cors = FunctionUrls.Show(url.Cors),
                CreationTime = FunctionUrls.Time(url.Created),
                LastModifiedTime = FunctionUrls.Time(url.Modified),
                InvokeMode = InvokeMode.Buffered,
            });
            last = entry.Key.ToArray();
        }

        return new(new ListFunctionUrlConfigsOutput { FunctionUrlConfigs = shown, NextMarker = next });
    }
}
