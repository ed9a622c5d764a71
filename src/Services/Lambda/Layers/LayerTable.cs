using System.Globalization;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Lambda.Layers;

/// <summary>Keeps, finds and shows layers.</summary>
internal sealed class LayerTable(IStore store, CodeStore code, CodeSite site)
{
    private const int MaxLayers = 5;

    public static ServiceError NotFound { get; } = LambdaErrors.ResourceNotFoundException.With("The resource you requested does not exist.");

    public static ServiceError BelowOne { get; } = LambdaErrors.InvalidParameterValueException.With("Layer Version Cannot be less than 1");

    public IPartition Of(CallContext context) => store.Partition(LambdaKeyspace.Partition(context.Account.Value, context.Region.Name));

    /// <summary>A layer is named by itself or by its ARN.</summary>
    public static string Name(string nameOrArn) => nameOrArn[(nameOrArn.LastIndexOf(':') + 1)..];

    public static string LayerArn(string name, CallContext context) =>
        Arn.Of("lambda", context.Region.Name, context.Account, "layer:" + Name(name)).ToString();

    public static string VersionArn(string name, long? version, CallContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"{LayerArn(name, context)}:{version}");

    public static byte[] VersionKey(string name, long version)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        try
        {
            key.WriteByte(LambdaKeyspace.LayerVersions);
            key.WriteText(name);
            key.WriteUInt64((ulong)version);
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <summary>The key that says that a layer's version uses its code; a colon is in no function's name.</summary>
    public static byte[] CodeUse(LayerVersionRecord version) =>
        LambdaKeyspace.CodeUse(version.Code, "layer:" + version.Name, version.Version.ToString(CultureInfo.InvariantCulture));

    public static LayerVersionRecord? Find(IPartitionReader reader, string name, long version) =>
        reader.GetBytes(VersionKey(name, version)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.LayerVersionRecord) : null;

    /// <summary>The layers of a function's configuration, in the order in which they are laid over each other.</summary>
    public Outcome<List<LayerUse>> Resolve(IReadOnlyList<string> arns, CallContext context)
    {
        if (arns.Count > MaxLayers)
        {
            return LambdaErrors.InvalidParameterValueException.With("Cannot reference more than 5 layers.");
        }

        var uses = new List<LayerUse>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in arns)
        {
            var arn = Arn.Parse(text);
            if (arn.Region != context.Region.Name)
            {
                return LambdaErrors.InvalidParameterValueException.With(
                    $"Layers are not in the same region as the function. Layers are expected to be in region {context.Region}.");
            }

            var layer = text[..text.LastIndexOf(':')];
            if (!seen.TryAdd(layer, text))
            {
                return LambdaErrors.InvalidParameterValueException.With(
                    "Two different versions of the same layer are not allowed to be referenced in the same function. "
                    + $"{seen[layer]} and {text} are versions of the same layer.");
            }

            var parts = arn.Resource.Split(':');
            if (arn.Account != context.Account.Value || parts is not ["layer", var name, var number]
                || Find(Of(context), name, long.Parse(number, CultureInfo.InvariantCulture)) is not { } version)
            {
                return LambdaErrors.InvalidParameterValueException.With($"Layer version {text} does not exist.");
            }

            uses.Add(new LayerUse { Arn = text, Code = version.Code, CodeSize = version.CodeSize });
        }

        return uses;
    }

    /// <summary>Whether code and layers together stay within what AWS allows.</summary>
    public ServiceError? CheckSize(string functionCode, IReadOnlyList<LayerUse> layers)
    {
        var size = layers.Count == 0 ? 0 : layers.Select(layer => layer.Code).Append(functionCode).Sum(code.UnpackedSize);
        return size <= CodeArchive.MaxUnzipped
            ? null
            : LambdaErrors.InvalidParameterValueException.With(string.Create(
                CultureInfo.InvariantCulture,
                $"Function code combined with layers exceeds the maximum allowed size of {CodeArchive.MaxUnzipped} bytes. The actual size is {size} bytes."));
    }

    public LayerVersionContentOutput ShowContent(LayerVersionRecord version, CallContext context) => new()
    {
        Location = site.UrlFor(version.Code, context),
        CodeSha256 = Convert.ToBase64String(Convert.FromHexString(version.Code)),
        CodeSize = version.CodeSize,
    };

    public static LayerVersionsListItem ShowItem(LayerVersionRecord version, CallContext context) => new()
    {
        LayerVersionArn = VersionArn(version.Name, version.Version, context),
        Version = version.Version,
        Description = version.Description,
        CreatedDate = Date(version),
        CompatibleRuntimes = version.Runtimes,
        CompatibleArchitectures = version.Architectures,
        LicenseInfo = version.License,
    };

    public GetLayerVersionResponse Show(LayerVersionRecord version, CallContext context) => new()
    {
        Content = ShowContent(version, context),
        LayerArn = LayerArn(version.Name, context),
        LayerVersionArn = VersionArn(version.Name, version.Version, context),
        Description = version.Description,
        CreatedDate = Date(version),
        Version = version.Version,
        CompatibleRuntimes = version.Runtimes,
        CompatibleArchitectures = version.Architectures,
        LicenseInfo = version.License,
    };

    public static string Date(LayerVersionRecord version) =>
        version.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    public static bool Suits(LayerVersionRecord version, string? runtime, string? architecture) =>
        (runtime is null || version.Runtimes.Contains(runtime)) && (architecture is null || version.Architectures.Contains(architecture));
}
