using Haneul.ApiGateway.Apis;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>
/// Exports what a stage serves, in Swagger 2.0 or OpenAPI 3.0, as JSON or YAML.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html"/>
/// </summary>
internal sealed class GetExport(RestTable apis) : IHandler<GetExportInput, GetExportOutput>
{
    public ValueTask<Outcome<GetExportOutput>> HandleAsync(GetExportInput input, CallContext context, CancellationToken cancel)
    {
        if (input.ExportType is not ("swagger" or "oas30"))
        {
            throw RestFaults.BadRequest("Invalid export type specified. Must be one of: [oas30, swagger]");
        }

        var isYaml = input.Accepts switch
        {
            null or "" or "*/*" or "application/json" => false,
            "application/yaml" => true,
            _ => throw RestFaults.BadRequest("Invalid accepts header specified. Must be one of: [application/json, application/yaml]"),
        };
        using var snapshot = apis.Partition.Snapshot();
        var stage = StageRules.Own(snapshot, input.RestApiId, input.StageName, context);
        var deployment = RestTable.FindDeployment(snapshot, input.RestApiId, stage.DeploymentId ?? "") ?? throw RestFaults.NoDeployment();
        var extensions = Extensions(input.Parameters?.GetValueOrDefault("extensions"));
        var all = extensions.Contains("apigateway");
        var version = deployment.Snapshot.Api.Version ?? ExportTime.Of(deployment.Deployment.CreatedDate);
        var json = OpenApiExport.Write(new ExportOptions(
            deployment.Snapshot,
            stage,
            version,
            new Uri(ApiView.EndpointOf(input.RestApiId, context.Endpoint)),
            IsSwagger: input.ExportType == "swagger",
            Integrations: all || extensions.Contains("integrations"),
            Authorizers: all || extensions.Contains("authorizers"),
            Settings: all,
            Documentation: (all || extensions.Contains("documentation")) && stage.DocumentationVersion is { } documented
                ? StoredJson.Read(
                    snapshot, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationVersions, input.RestApiId, documented),
                    RestRecords.Default.DocumentationVersionRecord)
                : null));
        return new(new GetExportOutput
        {
            ContentType = "application/octet-stream",
            ContentDisposition = $"attachment; filename=\"{input.ExportType}_{FileName(version)}.{(isYaml ? "yaml" : "json")}\"",
            Body = isYaml ? YamlWriter.FromJson(json) : json,
        });
    }

    private static string[] Extensions(string? text)
    {
        var extensions = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var extension in extensions)
        {
            if (extension == "postman")
            {
                throw RestFaults.BadRequest("Haneul does not support the extension postman of GetExport yet.");
            }

            if (extension is not ("apigateway" or "integrations" or "authorizers" or "documentation"))
            {
                throw RestFaults.BadRequest($"Invalid extension specified: {extension}");
            }
        }

        return extensions;
    }

    // The version is the owner's: it must not end the header or the name.
    private static string FileName(string version) =>
        string.Concat(version.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' ? c : '_'));
}
