using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Layers;

/// <summary>Deletes a layer's version; functions that use it keep it. One that is not there is no error.</summary>
internal sealed class DeleteLayerVersion(LayerTable layers, CodeStore code) : IHandler<DeleteLayerVersionInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteLayerVersionInput input, CallContext context, CancellationToken cancel)
    {
        if (input.VersionNumber is not > 0)
        {
            return LayerTable.BelowOne;
        }

        var gone = await layers.Of(context).UpdateAsync((LayerTable.Name(input.LayerName), input.VersionNumber.Value), static (current, batch, state) =>
        {
            var (name, number) = state;
            var version = LayerTable.Find(current, name, number);
            if (version is not null)
            {
                batch.Delete(LayerTable.VersionKey(name, number));
                batch.Delete(LayerTable.CodeUse(version));
            }

            return version;
        });
        if (gone is not null)
        {
            await code.CollectAsync(gone.Code);
        }

        return Unit.Value;
    }
}
