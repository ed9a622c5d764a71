using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Rest.OpenApi;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>
/// Exports an HTTP API as it is, or as a stage serves it, in OpenAPI 3.0 as JSON or YAML.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html"/>
/// </summary>
internal sealed class ExportApi(ApiTable apis) : IHandler<ExportApiInput, ExportApiOutput>
{
    public ValueTask<Outcome<ExportApiOutput>> HandleAsync(ExportApiInput input, CallContext context, CancellationToken cancel)
    {
        using var snapshot = apis.Partition.Snapshot();
        var record = ApiTable.Own(snapshot, input.ApiId, context);
        if (Refusal(input) is { } wrong)
        {
            return new(ApiGatewayV2Errors.BadRequestException.With(wrong));
        }

        ReimportApi.CheckProtocol(record);
        var parts = ApiParts.Read(snapshot, input.ApiId);
        if (input.StageName is { } name)
        {
            var stage = parts.Stages.Find(stage => stage.StageName == name) ?? throw StageRules.Missing();
            var deployed = parts.Deployments.Find(deployment => deployment.Deployment.DeploymentId == stage.DeploymentId)
                ?? throw HttpApiImport.Bad($"Stage {name} has no deployment to export.");
            parts = new ApiParts
            {
                Routes = [.. deployed.Routes],
                Integrations = [.. deployed.Integrations],
                Authorizers = [.. deployed.Authorizers ?? []],
            };
        }

        var endpoint = ApiView.EndpointOf(record.Api, context.Endpoint);
        var json = new HttpApiExport(record.Api, parts, endpoint, input.StageName, input.IncludeExtensions ?? true).Write();
        return new(new ExportApiOutput { Body = input.OutputType == "YAML" ? YamlWriter.FromJson(json) : json });
    }

    private static string? Refusal(ExportApiInput input) =>
        input.Specification != "OAS30" ? "Invalid specification specified. Must be one of [OAS30]"
        : input.OutputType is not ("JSON" or "YAML") ? "Invalid output type specified. Must be one of [JSON, YAML]"
        : input.ExportVersion is not (null or "1.0") ? "Invalid export version specified. Must be one of [1.0]"
        : null;
}
