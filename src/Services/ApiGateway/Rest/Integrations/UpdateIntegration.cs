using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>
/// Changes a method's integration.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch"/>
/// </summary>
internal sealed class UpdateIntegration(RestTable apis) : IHandler<UpdateIntegrationInput, RestIntegration>
{
    private static readonly PatchTable<RestIntegration> s_patch = new PatchTable<RestIntegration>(PatchWords.Plain)
        .On("/type", "replace", ChangeType)
        .On("/httpMethod", "replace", static (integration, step) => integration.HttpMethod = step.Text)
        .On("/uri", "replace", static (integration, step) => integration.Uri = step.Text)
        .On("/connectionType", "replace", static (integration, step) => integration.ConnectionType = step.Text)
        .On("/connectionId", "replace", static (integration, step) => integration.ConnectionId = step.Text)
        .On("/credentials", "replace", static (integration, step) => integration.Credentials = step.Text)
        .On("/passthroughBehavior", "replace", static (integration, step) => integration.PassthroughBehavior = step.Text)
        .On("/contentHandling", "replace", static (integration, step) => integration.ContentHandling = ContentHandling.Of(step.Text))
        .On("/timeoutInMillis", "replace", static (integration, step) => integration.TimeoutInMillis = step.Number)
        .On("/cacheNamespace", "replace", static (integration, step) => integration.CacheNamespace = step.Text)
        .On("/responseTransferMode", "replace", ChangeTransferMode)
        .On("/tlsConfig/insecureSkipVerification", "replace", static (integration, step) =>
            integration.TlsConfig = new TlsConfig { InsecureSkipVerification = step.IsTrue })
        .On("/cacheKeyParameters/{}", "add remove", ChangeCacheKey)
        .On("/requestParameters/{}", "add remove replace", ChangeParameter)
        .On("/requestTemplates/{}", "add remove replace", ChangeTemplate);

    public async ValueTask<Outcome<RestIntegration>> HandleAsync(UpdateIntegrationInput input, CallContext context, CancellationToken cancel) =>
        await ResourceTable.ChangeAsync(apis, input.RestApiId, input.ResourceId, context, (current, resource) =>
        {
            var method = ResourceTable.Method(resource, input.HttpMethod);
            var integration = IntegrationTarget.Of(method);
            s_patch.Apply(integration, input.PatchOperations);
            RestIntegrationRules.Check(integration, method, resource.Id!, IntegrationTarget.IsEdge(current, input.RestApiId));
            return integration;
        });

    private static void ChangeType(RestIntegration integration, PatchStep step) => integration.Type =
        step.Value is IntegrationType.Aws or IntegrationType.AwsProxy or IntegrationType.Http or IntegrationType.HttpProxy or IntegrationType.Mock
            ? step.Value
            : throw RestFaults.BadRequest("Invalid integration type specified. Must be one of: [HTTP, HTTP_PROXY, MOCK, AWS, AWS_PROXY]");

    private static void ChangeTransferMode(RestIntegration integration, PatchStep step) => integration.ResponseTransferMode =
        step.Value is ResponseTransferMode.Buffered or ResponseTransferMode.Stream
            ? step.Value
            : throw RestFaults.BadRequest("Invalid response transfer mode specified. Must be one of: [BUFFERED, STREAM]");

    private static void ChangeCacheKey(RestIntegration integration, PatchStep step)
    {
        var keys = integration.CacheKeyParameters?.ToList() ?? [];
        if (step.IsRemove ? !keys.Remove(step.Name) : keys.Contains(step.Name))
        {
            throw RestFaults.BadRequest("Invalid cache key parameter specified");
        }

        if (step.IsAdd)
        {
            keys.Add(step.Name);
        }

        integration.CacheKeyParameters = keys;
    }

    private static void ChangeParameter(RestIntegration integration, PatchStep step)
    {
        UpdateMethod.CheckPresent(integration.RequestParameters, step, "Invalid parameter name specified");
        integration.RequestParameters = step.IsRemove
            ? Texts.Without(integration.RequestParameters, step.Name)
            : Texts.With(integration.RequestParameters, step.Name, step.Value ?? "");
    }

    private static void ChangeTemplate(RestIntegration integration, PatchStep step)
    {
        UpdateMethod.CheckPresent(integration.RequestTemplates, step, "Invalid template content type specified");
        integration.RequestTemplates = step.IsRemove
            ? Texts.Without(integration.RequestTemplates, step.Name)
            : Texts.With(integration.RequestTemplates, step.Name, step.Value ?? "");
    }
}
