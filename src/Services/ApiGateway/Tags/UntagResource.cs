using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Tags;

/// <summary>Takes tags from an API or a stage.</summary>
internal sealed class UntagResource(ApiTable apis) : IHandler<UntagResourceInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel)
    {
        await TagTarget.ChangeAsync(apis, input.ResourceArn, context, tags =>
        {
            foreach (var key in input.TagKeys)
            {
                tags.Remove(key);
            }
        });
        return Unit.Value;
    }
}
