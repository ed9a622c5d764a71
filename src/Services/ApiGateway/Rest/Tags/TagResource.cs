using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>Adds tags to what an ARN names.</summary>
internal sealed class TagResource(RestTable apis) : IHandler<TagResourceInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(TagResourceInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            TagTarget.Visit(current, batch, input.ResourceArn, context, tags =>
            {
                foreach (var (key, value) in input.Tags)
                {
                    tags[key] = value;
                }

                TagRules.Check(tags);
                return tags;
            });
            return (Outcome<Unit>)Unit.Value;
        });
}
