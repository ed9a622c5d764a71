using Haneul.ApiGateway.Contracts.V1;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest;

/// <summary>Writes REST APIs and their parts.</summary>
internal static class RestPut
{
    public static void Api(Batch batch, RestApiRecord record) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestApis, record.Api.Id), StoredJson.Encode(record, RestRecords.Default.RestApiRecord));

    public static void Resource(Batch batch, string apiId, Resource resource) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestResources, apiId, resource.Id), StoredJson.Encode(resource, RestRecords.Default.Resource));

    public static void Model(Batch batch, string apiId, Model model) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestModels, apiId, model.Name), StoredJson.Encode(model, RestRecords.Default.Model));

    public static void Validator(Batch batch, string apiId, RequestValidator validator) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestValidators, apiId, validator.Id),
        StoredJson.Encode(validator, RestRecords.Default.RequestValidator));

    public static void Authorizer(Batch batch, string apiId, Authorizer authorizer) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestAuthorizers, apiId, authorizer.Id),
        StoredJson.Encode(authorizer, RestRecords.Default.Authorizer));

    public static void Response(Batch batch, string apiId, GatewayResponse response) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestResponses, apiId, response.ResponseType),
        StoredJson.Encode(response, RestRecords.Default.GatewayResponse));

    public static void Stage(Batch batch, string apiId, Stage stage) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestStages, apiId, stage.StageName), StoredJson.Encode(stage, RestRecords.Default.Stage));

    public static void Deployment(Batch batch, string apiId, RestDeployment deployment) => batch.Put(
        ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDeployments, apiId, deployment.Deployment.Id),
        StoredJson.Encode(deployment, RestRecords.Default.RestDeployment));

    public static void Delete(Batch batch, byte kind, string apiId, string id) => batch.Delete(ApiGatewayKeyspace.Key(kind, apiId, id));
}
