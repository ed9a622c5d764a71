using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Layers;

/// <summary>Publishes a layer. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html"/></summary>
internal sealed class PublishLayerVersion(LayerTable layers, CodeStore code) : IHandler<PublishLayerVersionInput, PublishLayerVersionOutput>
{
    public async ValueTask<Outcome<PublishLayerVersionOutput>> HandleAsync(PublishLayerVersionInput input, CallContext context, CancellationToken cancel)
    {
        if (input.Content.S3Bucket is not null || input.Content.S3Key is not null)
        {
            return ConfigurationRules.Unsupported("Content.S3Bucket", "PublishLayerVersion");
        }

        if (input.Content.ZipFile is not { } archive)
        {
            return LambdaErrors.InvalidParameterValueException.With("Please provide a source for layer content.");
        }

        var added = await code.AddAsync(archive, cancel);
        if (!added.Succeeded)
        {
            return added.Error;
        }

        using var pin = added.Value;
        var version = await layers.Of(context).UpdateAsync((input, pin, context), static (current, batch, state) =>
        {
            var (input, pin, context) = state;
            var name = LayerTable.Name(input.LayerName);
            var key = LambdaKeyspace.Key(LambdaKeyspace.Layers, name);
            var layer = current.GetBytes(key) is { } kept ? Stored.Decode(kept, RecordJson.Default.LayerRecord) : new LayerRecord();
            var version = new LayerVersionRecord
            {
                Name = name,
                Version = layer.NextVersion,
                Description = input.Description ?? "",
                License = input.LicenseInfo,
                Created = context.Time,
                Code = pin.Name,
                CodeSize = pin.Size,
                Runtimes = input.CompatibleRuntimes ?? [],
                Architectures = input.CompatibleArchitectures ?? [],
            };
            batch.Put(key, Stored.Encode(layer with { NextVersion = layer.NextVersion + 1 }, RecordJson.Default.LayerRecord));
            batch.Put(LayerTable.VersionKey(name, version.Version), Stored.Encode(version, RecordJson.Default.LayerVersionRecord));
            batch.Put(LayerTable.CodeUse(version), [1]);
            return version;
        });
        return new PublishLayerVersionOutput
        {
            Content = layers.ShowContent(version, context),
            LayerArn = LayerTable.LayerArn(version.Name, context),
            LayerVersionArn = LayerTable.VersionArn(version.Name, version.Version, context),
            Description = version.Description,
            CreatedDate = LayerTable.Date(version),
            Version = version.Version,
            CompatibleRuntimes = version.Runtimes,
            CompatibleArchitectures = version.Architectures,
            LicenseInfo = version.License,
        };
    }
}
