using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Haneul.Compute.Environments;
using Haneul.Kernel.Errors;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Functions;

/// <summary>What may stand in a function's configuration.</summary>
internal static class ConfigurationRules
{
    private const int MaxVariables = 4096;

    // In the order in which AWS lists them.
    private const string Runtimes =
        "[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, "
        + "ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]";

    private static readonly HashSet<string> s_runtimes = [.. Runtimes.Trim('[', ']').Split(", ")];

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    };

    /// <summary>The architecture of this machine, which functions run on.</summary>
    public static string Machine { get; } = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
        ? Contracts.Architecture.Arm64
        : Contracts.Architecture.X8664;

    public static ServiceError Unsupported(string what, string operation) =>
        LambdaErrors.InvalidParameterValueException.With($"Haneul does not support {what} of {operation} yet.");

    public static ServiceError? CheckRuntime(string runtime, RuntimeCatalog catalog, string operation)
    {
        if (!s_runtimes.Contains(runtime))
        {
            return LambdaErrors.InvalidParameterValueException.With(
                $"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: {Runtimes} or be a valid ARN");
        }

        if (!RuntimeCatalog.IsSupported(runtime) || runtime is "python3.8" or "nodejs16.x")
        {
            return Unsupported("runtime " + runtime, operation);
        }

        return catalog.Unavailable(runtime) is { } reason ? LambdaErrors.InvalidParameterValueException.With(reason) : null;
    }

    public static ServiceError? CheckVariables(IReadOnlyDictionary<string, string>? variables)
    {
        if (variables is null)
        {
            return null;
        }

        var reserved = variables.Keys.Where(s_reserved.Contains).ToList();
        if (reserved.Count > 0)
        {
            return LambdaErrors.InvalidParameterValueException.With(
                "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that "
                + $"are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        }

        foreach (var (name, value) in variables)
        {
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                return LambdaErrors.InvalidParameterValueException.With($"The environment variable {name} holds a null character.");
            }
        }

        var measured = Measured(variables);
        return Encoding.UTF8.GetByteCount(measured) > MaxVariables
            ? LambdaErrors.InvalidParameterValueException.With(
                "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. "
                + $"String measured: {measured}")
            : null;
    }

    public static ServiceError? CheckArchitectures(IReadOnlyList<string>? architectures, string operation) =>
        architectures is { Count: > 0 } && architectures[0] != Machine
            ? Unsupported($"architecture {architectures[0]} (this machine is {Machine})", operation)
            : null;

    /// <summary>The first parameter that has no effect here yet.</summary>
    public static ServiceError? CheckSupported(CreateFunctionInput input)
    {
        const string operation = "CreateFunction";
        var what = input switch
        {
            { PackageType: PackageType.Image } or { Code.ImageUri: not null } => "PackageType Image",
            { Code.S3Bucket: not null } or { Code.S3Key: not null } => "Code.S3Bucket",
            { Code.SourceKMSKeyArn: not null } => "Code.SourceKMSKeyArn",
            { CodeSigningConfigArn: not null } => "CodeSigningConfigArn",
            { PublishTo: not null } => "PublishTo",
            { TenancyConfig: not null } => "TenancyConfig",
            { FileSystemConfigs.Count: > 0 } => "FileSystemConfigs",
            _ => Shared(
                input.VpcConfig, input.DeadLetterConfig, input.KMSKeyArn, input.TracingConfig, input.ImageConfig, input.SnapStart,
                input.LoggingConfig, input.CapacityProviderConfig, input.DurableConfig),
        };
        return what is null ? null : Unsupported(what, operation);
    }

    public static ServiceError? CheckSupported(UpdateFunctionConfigurationInput input)
    {
        var what = input.FileSystemConfigs is { Count: > 0 }
            ? "FileSystemConfigs"
            : Shared(
                input.VpcConfig, input.DeadLetterConfig, input.KMSKeyArn, input.TracingConfig, input.ImageConfig, input.SnapStart,
                input.LoggingConfig, input.CapacityProviderConfig, input.DurableConfig);
        return what is null ? null : Unsupported(what, "UpdateFunctionConfiguration");
    }

    private static string? Shared(
        VpcConfig? vpc, DeadLetterConfig? deadLetters, string? key, TracingConfig? tracing, ImageConfig? image,
        SnapStart? snapStart, LoggingConfig? logging, CapacityProviderConfig? provider, DurableConfig? durable)
    {
        if (vpc is { SubnetIds.Count: > 0 } or { SecurityGroupIds.Count: > 0 })
        {
            return "VpcConfig";
        }

        if (deadLetters?.TargetArn is { Length: > 0 })
        {
            return "DeadLetterConfig";
        }

        return key is { Length: > 0 } ? "KMSKeyArn"
            : tracing?.Mode == TracingMode.Active ? "TracingConfig.Mode Active"
            : image is not null ? "ImageConfig"
            : snapStart?.ApplyOn == SnapStartApplyOn.PublishedVersions ? "SnapStart.ApplyOn PublishedVersions"
            : logging?.LogFormat == LogFormat.Json ? "LoggingConfig.LogFormat JSON"
            : logging is { ApplicationLogLevel: not null } or { SystemLogLevel: not null } ? "log levels in LoggingConfig"
            : provider is not null ? "CapacityProviderConfig"
            : durable is not null ? "DurableConfig"
            : null;
    }

    private static string Measured(IReadOnlyDictionary<string, string> variables)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in variables)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
