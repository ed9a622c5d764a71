using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;
using Haneul.Storage;

namespace Haneul.ApiGateway.Stages;

/// <summary>What a stage may be called and hold.</summary>
internal static class StageRules
{
    private static readonly RouteSettings s_noSettings = new() { DetailedMetricsEnabled = false };

    /// <summary>The stage that quick create makes.</summary>
    public static Stage Managed(string name, DateTimeOffset now) => new()
    {
        ApiGatewayManaged = true,
        AutoDeploy = true,
        CreatedDate = now,
        DefaultRouteSettings = s_noSettings,
        LastUpdatedDate = now,
        RouteSettings = new Dictionary<string, RouteSettings>(),
        StageName = name,
        StageVariables = new Dictionary<string, string>(),
        Tags = new Dictionary<string, string>(),
    };

    public static Stage New(CreateStageRequest input, DateTimeOffset now) => new()
    {
        AccessLogSettings = input.AccessLogSettings,
        AutoDeploy = input.AutoDeploy == true,
        CreatedDate = now,
        DefaultRouteSettings = RouteSettingRules.Merged(s_noSettings, input.DefaultRouteSettings ?? s_noSettings),
        DeploymentId = input.DeploymentId,
        Description = input.Description,
        LastUpdatedDate = now,
        RouteSettings = input.RouteSettings ?? new Dictionary<string, RouteSettings>(),
        StageName = input.StageName,
        StageVariables = input.StageVariables ?? new Dictionary<string, string>(),
        Tags = input.Tags ?? new Dictionary<string, string>(),
    };

    /// <summary>The stage with another deployment.</summary>
    public static Stage Deployed(Stage stage, string deploymentId, DateTimeOffset now) =>
        Copy(stage, now, deploymentId, message: stage.AutoDeploy == true ? $"Successfully deployed stage with deployment ID '{deploymentId}'" : null);

    public static Stage Copy(
        Stage stage, DateTimeOffset now, string? deploymentId = null, string? message = null, UpdateStageRequest? update = null,
        IReadOnlyDictionary<string, string>? tags = null, bool clearLogs = false, string? withoutRoute = null) => new()
    {
        AccessLogSettings = clearLogs ? null : update?.AccessLogSettings ?? stage.AccessLogSettings,
        ApiGatewayManaged = stage.ApiGatewayManaged,
        AutoDeploy = update?.AutoDeploy ?? stage.AutoDeploy,
        CreatedDate = stage.CreatedDate,
        DefaultRouteSettings = update?.DefaultRouteSettings is { } settings
            ? RouteSettingRules.Merged(stage.DefaultRouteSettings, settings)
            : stage.DefaultRouteSettings,
        DeploymentId = deploymentId ?? update?.DeploymentId ?? stage.DeploymentId,
        Description = update?.Description ?? stage.Description,
        LastDeploymentStatusMessage = message ?? stage.LastDeploymentStatusMessage,
        LastUpdatedDate = now,
        RouteSettings = withoutRoute is null
            ? RouteSettingRules.Merged(stage.RouteSettings, update?.RouteSettings)
            : stage.RouteSettings?.Where(pair => pair.Key != withoutRoute).ToDictionary(),
        StageName = stage.StageName,
        StageVariables = update?.StageVariables ?? stage.StageVariables,
        Tags = tags ?? stage.Tags,
    };

    public static bool IsName(string name) =>
        name == "$default" || (name.Length is > 0 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <exception cref="ServiceException">There is none of this name.</exception>
    public static Stage Find(IPartitionReader reader, string apiId, string name) =>
        StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, apiId, name), ApiGatewayRecords.Default.Stage) ?? throw Missing();

    public static ServiceException Missing() => ApiGatewayV2Errors.NotFoundException.With("Invalid stage identifier specified").ToException();
}
