using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Models;

/// <summary>Changes a model: a schema that messages are checked by; what is not given stays.</summary>
internal sealed class UpdateModel(ApiTable apis, IIdSource ids) : IHandler<UpdateModelRequest, Model>
{
    public ValueTask<Outcome<Model>> HandleAsync(UpdateModelRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Models.Find(model => model.ModelId == input.ModelId) ?? throw ModelRules.Missing(input.ModelId);
            var model = new Model
            {
                ContentType = input.ContentType ?? old.ContentType,
                Description = input.Description ?? old.Description,
                ModelId = old.ModelId,
                Name = input.Name ?? old.Name,
                SchemaValue = input.SchemaValue ?? old.SchemaValue,
            };
            if (ModelRules.Refusal(model, api.ProtocolType, parts) is { } refused)
            {
                return (Outcome<Model>)refused;
            }

            batch.Put(
                ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Models, input.ApiId, model.ModelId),
                StoredJson.Encode(model, ApiGatewayRecords.Default.Model));
            ApiParts.Replace(parts.Models, other => other.ModelId, model);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return model;
        });
}
