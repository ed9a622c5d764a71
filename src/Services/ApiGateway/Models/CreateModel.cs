using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Models;

/// <summary>Adds a model: a schema that messages are checked by.</summary>
internal sealed class CreateModel(ApiTable apis, IIdSource ids) : IHandler<CreateModelRequest, Model>
{
    public ValueTask<Outcome<Model>> HandleAsync(CreateModelRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var model = new Model
            {
                ContentType = input.ContentType ?? "application/json",
                Description = input.Description,
                ModelId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
                Name = input.Name,
                SchemaValue = input.SchemaValue,
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
