using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>Shows the tags of what an ARN names.</summary>
internal sealed class GetTags(RestTable apis) : IHandler<GetTagsInput, GetTagsOutput>
{
    public ValueTask<Outcome<GetTagsOutput>> HandleAsync(GetTagsInput input, CallContext context, CancellationToken cancel) =>
        new(new GetTagsOutput { Tags = TagTarget.Read(apis.Partition, input.ResourceArn, context) });
}
