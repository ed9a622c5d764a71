using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Tags;

/// <summary>Adds tags to an API or a stage.</summary>
internal sealed class TagResource(ApiTable apis) : IHandler<TagResourceRequest, TagResourceOutput>
{
    public async ValueTask<Outcome<TagResourceOutput>> HandleAsync(TagResourceRequest input, CallContext context, CancellationToken cancel)
    {
        await TagTarget.ChangeAsync(apis, input.ResourceArn, context, tags =>
        {
            foreach (var (key, value) in input.Tags ?? new Dictionary<string, string>())
            {
                tags[key] = value;
            }
        });
        return new TagResourceOutput();
    }
}
