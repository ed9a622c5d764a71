using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>
/// Writes a mapping template that makes a model's kind of document, to begin with.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetModelTemplate.html"/>
/// </summary>
internal sealed class GetModelTemplate(RestTable apis) : IHandler<GetModelTemplateInput, GetModelTemplateOutput>
{
    public ValueTask<Outcome<GetModelTemplateOutput>> HandleAsync(GetModelTemplateInput input, CallContext context, CancellationToken cancel)
    {
        var model = ModelTable.Own(apis.Partition, input.RestApiId, input.ModelName, context);
        return new(new GetModelTemplateOutput { Value = SampleTemplate.Of(model.SchemaValue, ModelTable.All(apis.Partition, input.RestApiId)) });
    }
}
