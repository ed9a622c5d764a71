using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Tags;

/// <summary>Shows the tags of an API or a stage.</summary>
internal sealed class GetTags(ApiTable apis) : IHandler<GetTagsInput, GetTagsOutput>
{
    public ValueTask<Outcome<GetTagsOutput>> HandleAsync(GetTagsInput input, CallContext context, CancellationToken cancel) =>
        new(new GetTagsOutput { Tags = TagTarget.Read(apis, input.ResourceArn, context) });
}
