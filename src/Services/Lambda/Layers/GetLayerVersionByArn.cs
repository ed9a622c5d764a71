using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Layers;

/// <summary>Shows a layer's version by its ARN.</summary>
internal sealed class GetLayerVersionByArn(LayerTable layers) : IHandler<GetLayerVersionByArnInput, GetLayerVersionResponse>
{
    public ValueTask<Outcome<GetLayerVersionResponse>> HandleAsync(GetLayerVersionByArnInput input, CallContext context, CancellationToken cancel) =>
        new(Arn.TryParse(input.Arn, out var arn) && arn.Account == context.Account.Value && arn.Region == context.Region.Name
            && arn.Resource.Split(':') is ["layer", var name, var number]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && LayerTable.Find(layers.Of(context), name, version) is { } found
                ? layers.Show(found, context)
                : LayerTable.NotFound);
}
