using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Layers;

/// <summary>Shows a layer's version and where its content can be had for ten minutes.</summary>
internal sealed class GetLayerVersion(LayerTable layers) : IHandler<GetLayerVersionInput, GetLayerVersionResponse>
{
    public ValueTask<Outcome<GetLayerVersionResponse>> HandleAsync(GetLayerVersionInput input, CallContext context, CancellationToken cancel) =>
        new(input.VersionNumber is not > 0 ? (Outcome<GetLayerVersionResponse>)LayerTable.BelowOne
            : LayerTable.Find(layers.Of(context), LayerTable.Name(input.LayerName), input.VersionNumber.Value) is { } version ? layers.Show(version, context)
            : LayerTable.NotFound);
}
