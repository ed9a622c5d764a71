using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>
/// Adds a model to an API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html"/>
/// </summary>
internal sealed class CreateModel(RestTable apis, IIdSource ids) : IHandler<CreateModelInput, Model>
{
    private const int MostModels = 60;

    public async ValueTask<Outcome<Model>> HandleAsync(CreateModelInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            RestTable.Own(current, input.RestApiId, context);
            if (string.IsNullOrEmpty(input.Name))
            {
                throw RestFaults.BadRequest("Model name must be non-empty");
            }

            if (!input.Name.All(char.IsAsciiLetterOrDigit))
            {
                throw RestFaults.BadRequest($"Model name must be alphanumeric: {input.Name}");
            }

            if (string.IsNullOrEmpty(input.ContentType))
            {
                throw RestFaults.BadRequest("Content-Type must be non-empty");
            }

            var all = ModelTable.All(current, input.RestApiId);
            if (all.Exists(model => model.Name == input.Name))
            {
                throw RestFaults.Conflict("Model name already exists for this REST API");
            }

            if (all.Count >= MostModels)
            {
                throw RestFaults.LimitExceeded(
                    "Maximum number of models for this API has been reached. Please contact AWS if you need additional models.");
            }

            var model = new Model
            {
                Id = Texts.NewId(ids),
                Name = input.Name,
                Description = Texts.NullIfEmpty(input.Description),
                SchemaValue = ModelSchema.Check(input.SchemaValue),
                ContentType = input.ContentType,
            };
            RestPut.Model(batch, input.RestApiId, model);
            return model;
        });
}
