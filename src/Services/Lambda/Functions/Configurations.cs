using System.Globalization;
using Haneul.Compute.Environments;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Functions;

/// <summary>Shows versions as the API does.</summary>
internal static class Configurations
{
    /// <summary>A version that is ready; its ARN carries the qualifier it was asked for by.</summary>
    public static FunctionConfiguration Show(FunctionReference reference, VersionRecord version, string? qualifier) =>
        Build(reference, version, qualifier, pending: null);

    /// <summary>A version as the call that made it shows it.</summary>
    public static FunctionConfiguration Creating(FunctionReference reference, VersionRecord version, string? qualifier) =>
        Build(reference, version, qualifier, pending: "create");

    /// <summary>A version as the call that changed it shows it.</summary>
    public static FunctionConfiguration Updating(FunctionReference reference, VersionRecord version) =>
        Build(reference, version, qualifier: null, pending: "update");

    private static FunctionConfiguration Build(FunctionReference reference, VersionRecord version, string? qualifier, string? pending) => new()
    {
        FunctionName = reference.Name,
        FunctionArn = qualifier is null ? reference.Arn : reference.Arn + ":" + qualifier,
        Runtime = version.Runtime,
        Role = version.Role,
        Handler = version.Handler,
        CodeSize = version.CodeSize,
        Description = version.Description,
        Timeout = version.Timeout,
        MemorySize = version.MemorySize,
        LastModified = version.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
        CodeSha256 = version.CodeSha256,
        Version = version.Version,
        Environment = version.Variables is { } variables ? new EnvironmentResponse { Variables = variables } : null,
        TracingConfig = new TracingConfigResponse { Mode = TracingMode.PassThrough },
        RevisionId = version.RevisionId,
        Layers = version.Layers.Count == 0 ? null : [.. version.Layers.Select(layer => new Layer { Arn = layer.Arn, CodeSize = layer.CodeSize })],
        State = pending == "create" ? State.Pending : State.Active,
        StateReason = pending == "create" ? "The function is being created." : null,
        StateReasonCode = pending == "create" ? StateReasonCode.Creating : null,
        LastUpdateStatus = pending switch { "create" => null, "update" => LastUpdateStatus.InProgress, _ => LastUpdateStatus.Successful },
        LastUpdateStatusReason = pending == "update" ? "The function is being created." : null,
        LastUpdateStatusReasonCode = pending == "update" ? StateReasonCode.Creating : null,
        PackageType = PackageType.Zip,
        Architectures = [version.Architecture],
        EphemeralStorage = new EphemeralStorage { Size = version.EphemeralStorage },
        SnapStart = new SnapStartResponse { ApplyOn = SnapStartApplyOn.None, OptimizationStatus = SnapStartOptimizationStatus.Off },
        RuntimeVersionConfig = new RuntimeVersionConfig { RuntimeVersionArn = RuntimeCatalog.VersionArn(reference.Region, version.Runtime) },
        LoggingConfig = new LoggingConfig { LogFormat = LogFormat.Text, LogGroup = version.LogGroup },
    };
}
