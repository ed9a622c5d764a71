using System.Collections.Concurrent;
using System.Globalization;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Urls;

/// <summary>URLs of functions: how they are kept, found and shown.</summary>
internal sealed class FunctionUrls(FunctionTable functions)
{
    private const int MaxKnown = 10_000;

    // Where URLs were found; each is looked up again when it is used, so an entry that is out of date only costs a search.
    private readonly ConcurrentDictionary<string, FunctionReference> _known = new(StringComparer.Ordinal);

    public static ServiceError NoFunction { get; } = LambdaErrors.ResourceNotFoundException.With("Function does not exist");

    public static ServiceError NotFound { get; } = LambdaErrors.ResourceNotFoundException.With("The resource you requested does not exist.");

    public static byte[] Key(FunctionReference reference) => LambdaKeyspace.Key(LambdaKeyspace.Urls, reference.Name, reference.Qualifier ?? "");

    public static UrlRecord? Find(IPartitionReader reader, FunctionReference reference) =>
        reader.GetBytes(Key(reference)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.UrlRecord) : null;

    public static void Put(Batch batch, FunctionReference reference, UrlRecord url) =>
        batch.Put(Key(reference), Stored.Encode(url, RecordJson.Default.UrlRecord));

    /// <summary>The function behind a URL's id.</summary>
    public (FunctionReference Reference, UrlRecord Url)? Find(string id)
    {
        if (_known.TryGetValue(id, out var known) && Find(functions.Of(known), known) is { } found && found.Id == id)
        {
            return (known, found);
        }

        foreach (var partition in functions.Store.Partitions(PartitionId.Of("lambda")))
        {
            foreach (var entry in functions.Store.Partition(partition).Scan(KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Urls))))
            {
                var url = Stored.Decode(entry.Value, RecordJson.Default.UrlRecord);
                if (url.Id == id)
                {
                    var parts = partition.Parts();
                    var reference = new FunctionReference(parts[1], parts[2], url.Function, url.Qualifier);
                    if (_known.Count > MaxKnown)
                    {
                        _known.Clear();
                    }

                    _known[id] = reference;
                    return (reference, url);
                }
            }
        }

        return null;
    }

    /// <summary>The address: a name under <c>localhost</c> at the port that the caller used.</summary>
    public static string Address(FunctionReference reference, UrlRecord url, CallContext context)
    {
        var endpoint = new Uri(context.Endpoint);
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{url.Id}.lambda-url.{reference.Region}.localhost:{endpoint.Port}/");
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static Cors? Show(UrlCors? cors) => cors is null ? null : new Cors
    {
        AllowCredentials = cors.AllowCredentials,
        AllowHeaders = cors.AllowHeaders,
        AllowMethods = cors.AllowMethods,
        AllowOrigins = cors.AllowOrigins,
        ExposeHeaders = cors.ExposeHeaders,
        MaxAge = cors.MaxAge,
    };

    public static UrlCors? Read(Cors? cors) => cors is null ? null : new UrlCors
    {
        AllowCredentials = cors.AllowCredentials == true,
        AllowHeaders = cors.AllowHeaders,
        AllowMethods = cors.AllowMethods,
        AllowOrigins = cors.AllowOrigins,
        ExposeHeaders = cors.ExposeHeaders,
        MaxAge = cors.MaxAge,
    };

    public static ServiceError? CheckSupported(string? authType, string? invokeMode, string operation) =>
        authType == FunctionUrlAuthType.AwsIam ? ConfigurationRules.Unsupported("AuthType AWS_IAM", operation)
        : invokeMode == InvokeMode.ResponseStream ? ConfigurationRules.Unsupported("InvokeMode RESPONSE_STREAM", operation)
        : null;
}
