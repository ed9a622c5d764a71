using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>Takes tags from what an ARN names.</summary>
internal sealed class UntagResource(RestTable apis) : IHandler<UntagResourceInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(UntagResourceInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            TagTarget.Visit(current, batch, input.ResourceArn, context, tags =>
            {
                foreach (var key in input.TagKeys)
                {
                    tags.Remove(key);
                }

                return tags;
            });
            return (Outcome<Unit>)Unit.Value;
        });
}
