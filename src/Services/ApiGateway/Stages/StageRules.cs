using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Stages;

/// <summary>What a stage may be called and hold.</summary>
internal static class StageRules
{
    public static Stage New(
        string name, bool autoDeploy, bool managed, DateTimeOffset now, string? deploymentId = null, string? description = null,
        IReadOnlyDictionary<string, string>? variables = null, IReadOnlyDictionary<string, string>? tags = null) => new()
    {
        ApiGatewayManaged = managed ? true : null,
        AutoDeploy = autoDeploy,
        CreatedDate = now,
        DefaultRouteSettings = new RouteSettings { DetailedMetricsEnabled = false },
        DeploymentId = deploymentId,
        Description = description,
        LastUpdatedDate = now,
        RouteSettings = new Dictionary<string, RouteSettings>(),
        StageName = name,
        StageVariables = variables ?? new Dictionary<string, string>(),
        Tags = tags ?? new Dictionary<string, string>(),
    };

    /// <summary>The stage with another deployment.</summary>
    public static Stage Deployed(Stage stage, string deploymentId, DateTimeOffset now) =>
        Copy(stage, now, deploymentId, message: stage.AutoDeploy == true ? $"Successfully deployed stage with deployment ID '{deploymentId}'" : null);

    public static Stage Copy(
        Stage stage, DateTimeOffset now, string? deploymentId = null, bool? autoDeploy = null, string? description = null,
        IReadOnlyDictionary<string, string>? variables = null, IReadOnlyDictionary<string, string>? tags = null, string? message = null) => new()
    {
        ApiGatewayManaged = stage.ApiGatewayManaged,
        AutoDeploy = autoDeploy ?? stage.AutoDeploy,
        CreatedDate = stage.CreatedDate,
        DefaultRouteSettings = stage.DefaultRouteSettings,
        DeploymentId = deploymentId ?? stage.DeploymentId,
        Description = description ?? stage.Description,
        LastDeploymentStatusMessage = message ?? stage.LastDeploymentStatusMessage,
        LastUpdatedDate = now,
        RouteSettings = stage.RouteSettings,
        StageName = stage.StageName,
        StageVariables = variables ?? stage.StageVariables,
        Tags = tags ?? stage.Tags,
    };

    public static bool IsName(string name) =>
        name == "$default" || (name.Length is > 0 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>Settings whose effects are not there yet; empty ones change nothing.</summary>
    public static bool HasEffect(RouteSettings? settings) => settings is not null
        && (settings.DataTraceEnabled == true || settings.DetailedMetricsEnabled == true || settings.LoggingLevel is not (null or LoggingLevel.Off)
            || settings.ThrottlingBurstLimit is not null || settings.ThrottlingRateLimit is not null);

    public static ServiceException Missing() => ApiGatewayV2Errors.NotFoundException.With("Invalid stage identifier specified").ToException();
}
