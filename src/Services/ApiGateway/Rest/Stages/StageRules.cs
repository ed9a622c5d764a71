using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>
/// What a stage may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html"/>
/// </summary>
internal static class StageRules
{
    private const int MostStages = 10;
    private const int LongestName = 128;
    private const string SmallestCache = "0.5";

    private static readonly string[] s_cacheSizes = [SmallestCache, "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"];

    /// <summary>A stage with nothing but its name; it serves nothing yet.</summary>
    public static Stage New(IPartitionReader reader, string apiId, string name, DateTimeOffset now)
    {
        if (name.Length > LongestName || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw RestFaults.BadRequest("Stage name only allows a-zA-Z0-9_-");
        }

        if (All(reader, apiId).Count >= MostStages)
        {
            throw RestFaults.LimitExceeded(
                "Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages.");
        }

        var stage = new Stage
        {
            StageName = name,
            MethodSettings = new Dictionary<string, MethodSetting>(),
            TracingEnabled = false,
            CreatedDate = now,
            LastUpdatedDate = now,
        };
        SetCache(stage, enabled: false, size: null);
        return stage;
    }

    public static List<Stage> All(IPartitionReader reader, string apiId) =>
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestStages, apiId, RestRecords.Default.Stage);

    public static Stage Own(IPartitionReader reader, string apiId, string name, CallContext context)
    {
        RestTable.Own(reader, apiId, context);
        return RestTable.FindStage(reader, apiId, name) ?? throw RestFaults.NoStage();
    }

    public static void CheckDeployment(IPartitionReader reader, string apiId, string? deploymentId)
    {
        using var found = reader.Get(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDeployments, apiId, deploymentId ?? ""));
        if (string.IsNullOrEmpty(deploymentId) || !found.Exists)
        {
            throw RestFaults.BadRequest("Deployment id does not exist");
        }
    }

    /// <summary>A cache of ours is there as soon as it is wanted.</summary>
    public static void SetCache(Stage stage, bool enabled, string? size)
    {
        if (size is not null && !s_cacheSizes.Contains(size))
        {
            throw RestFaults.BadRequest($"Invalid cache cluster size specified. Must be one of: [{string.Join(", ", s_cacheSizes)}]");
        }

        stage.CacheClusterEnabled = enabled;
        stage.CacheClusterSize = size ?? (enabled ? stage.CacheClusterSize ?? SmallestCache : stage.CacheClusterSize);
        stage.CacheClusterStatus = enabled ? CacheClusterStatus.Available : CacheClusterStatus.NotAvailable;
    }

    public static CanarySettings Canary(
        string deploymentId, double? percent, IReadOnlyDictionary<string, string>? overrides, bool? useStageCache) => new()
        {
            DeploymentId = deploymentId,
            PercentTraffic = Percent(percent ?? 0),
            StageVariableOverrides = Variables(overrides),
            UseStageCache = useStageCache ?? false,
        };

    public static double Percent(double percent) => percent is >= 0 and <= 100
        ? percent
        : throw RestFaults.BadRequest("Invalid percentTraffic. Percent traffic must be between 0.0 and 100.0");

    /// <summary>Checks stage variables; none are null.</summary>
    public static IReadOnlyDictionary<string, string>? Variables(IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            CheckVariable(name, value);
        }

        return variables is { Count: > 0 } ? variables : null;
    }

    public static void CheckVariable(string name, string? value)
    {
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw RestFaults.BadRequest($"Invalid stage variable name: {name}. Please use names with alphanumeric characters and the symbol '_'.");
        }

        if (value is null || !value.All(static c => char.IsAsciiLetterOrDigit(c)
            || c is ' ' or '-' or '.' or '_' or '~' or ':' or '/' or '?' or '#' or '&' or '=' or ','))
        {
            throw RestFaults.BadRequest(
                $"Invalid stage variable value: {value}. "
                + "Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.");
        }
    }
}
