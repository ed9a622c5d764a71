using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Rest.Models;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using RestModel = Haneul.ApiGateway.Contracts.V1.Model;

namespace Haneul.ApiGateway.Models;

/// <summary>
/// Writes a mapping template that makes a model's kind of document, to begin with.
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-models-modelid-template.html"/>
/// </summary>
internal sealed class GetModelTemplate(ApiTable apis) : IHandler<GetModelTemplateInput, GetModelTemplateOutput>
{
    public ValueTask<Outcome<GetModelTemplateOutput>> HandleAsync(
        GetModelTemplateInput input, CallContext context, CancellationToken cancel)
    {
        using var snapshot = apis.Partition.Snapshot();
        ApiTable.Own(snapshot, input.ApiId, context);
        var models = StoredJson.Parts(snapshot, ApiGatewayKeyspace.Models, input.ApiId, ApiGatewayRecords.Default.Model);
        var model = models.Find(model => model.ModelId == input.ModelId) ?? throw ModelRules.Missing(input.ModelId);
        return new(new GetModelTemplateOutput
        {
            Value = SampleTemplate.Of(
                model.SchemaValue,
                [.. models.Select(static model => new RestModel { Name = model.Name, SchemaValue = model.SchemaValue })]),
        });
    }
}
