using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Stages;

/// <summary>
/// What PATCH does to a stage. Paths of settings of methods begin with a path of the API, so the table that other resources have does not fit; and
/// AWS refuses in words of their own here.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch"/>
/// </summary>
internal sealed class StagePatch(IPartitionReader reader, string apiId, Stage stage, CallContext context)
{
    private const string Canary = "/canarySettings";
    private const string Overrides = "/canarySettings/stageVariableOverrides";
    private const string AccessLog = "/accessLogSettings";
    private const string Variable = "/variables/";

    public void Apply(IReadOnlyList<PatchOperation>? operations)
    {
        foreach (var operation in operations ?? [])
        {
            var path = operation.Path ?? throw RestFaults.BadRequest("Invalid patch path null");
            switch (operation.Op)
            {
                case "add" or "replace":
                    Set(operation.Op, path, operation.Value);
                    break;
                case "remove":
                    Remove(path);
                    break;
                case "copy":
                    Copy(path, operation.From);
                    break;
                default:
                    throw RestFaults.BadRequest("Invalid patch operation specified. Must be one of: [add, remove, replace, copy]");
            }
        }
    }

    /// <summary>The version, if the API has it; null where none is meant.</summary>
    public static string? DocumentationVersion(IPartitionReader reader, string apiId, string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            return null;
        }

        using var found = reader.Get(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestDocumentationVersions, apiId, version));
        return found.Exists ? version : throw RestFaults.NotFound("Invalid Documentation version specified");
    }

    private void Set(string op, string path, string? value)
    {
        switch (path)
        {
            case "/deploymentId":
                StageRules.CheckDeployment(reader, apiId, value);
                stage.DeploymentId = value;
                break;
            case "/description":
                stage.Description = Texts.NullIfEmpty(value);
                break;
            case "/cacheClusterEnabled":
                StageRules.SetCache(stage, Texts.IsTrue(value), size: null);
                break;
            case "/cacheClusterSize":
                StageRules.SetCache(stage, stage.CacheClusterEnabled == true, value ?? "");
                break;
            case "/clientCertificateId":
                stage.ClientCertificateId = ClientCertificate(value);
                break;
            case "/documentationVersion":
                stage.DocumentationVersion = DocumentationVersion(reader, apiId, value);
                break;
            case "/tracingEnabled":
                stage.TracingEnabled = Texts.IsTrue(value);
                break;
            default:
                SetPart(op, path, value);
                break;
        }
    }

    private void SetPart(string op, string path, string? value)
    {
        if (path.StartsWith(Variable, StringComparison.Ordinal))
        {
            var name = Unescape(path[Variable.Length..]);
            StageRules.CheckVariable(name, value ?? "");
            stage.Variables = Texts.With(stage.Variables, name, value ?? "");
        }
        else if (path.StartsWith(AccessLog, StringComparison.Ordinal))
        {
            SetAccessLog(path, value);
        }
        else if (path.StartsWith(Canary, StringComparison.Ordinal))
        {
            SetCanary(op, path, value);
        }
        else
        {
            MethodSettings.Set(reader, stage, path, value, context);
        }
    }

    private void SetAccessLog(string path, string? value)
    {
        var settings = stage.AccessLogSettings ?? new AccessLogSettings();
        if (path is not ("/accessLogSettings/destinationArn" or "/accessLogSettings/format"))
        {
            throw RestFaults.BadRequest(
                "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]");
        }

        if (string.IsNullOrEmpty(value))
        {
            throw RestFaults.BadRequest("Access Log value must not be empty");
        }

        if (path == "/accessLogSettings/format")
        {
            settings.Format = value;
        }
        else
        {
            settings.DestinationArn = Arn.TryParse(value, out var arn) && arn.Service is "logs" or "firehose"
                ? value.EndsWith(":*", StringComparison.Ordinal) ? value[..^2] : value
                : throw RestFaults.BadRequest(
                    "Invalid ARN specified in the request. "
                    + "ARNs must start with 'arn:' and contain at least six elements separated by a colon (':').");
        }

        stage.AccessLogSettings = settings;
    }

    private void SetCanary(string op, string path, string? value)
    {
        var canary = stage.CanarySettings ?? StageRules.Canary(stage.DeploymentId!, percent: null, overrides: null, useStageCache: null);
        switch (path)
        {
            case "/canarySettings/deploymentId":
                if (op == "add")
                {
                    throw RestFaults.BadRequest($"Invalid add operation with path: {path}");
                }

                StageRules.CheckDeployment(reader, apiId, value);
                canary.DeploymentId = value;
                break;
            case "/canarySettings/percentTraffic":
                canary.PercentTraffic = double.TryParse(value, CultureInfo.InvariantCulture, out var percent)
                    ? StageRules.Percent(percent)
                    : throw RestFaults.BadRequest("Invalid percentTraffic. Percent traffic must be between 0.0 and 100.0");
                break;
            case "/canarySettings/useStageCache":
                canary.UseStageCache = Texts.IsTrue(value);
                break;
            default:
                var name = path.StartsWith(Overrides + "/", StringComparison.Ordinal) ? Unescape(path[(Overrides.Length + 1)..]) : "";
                if (name.Length == 0)
                {
                    throw MethodSettings.WrongPath(path);
                }

                StageRules.CheckVariable(name, value ?? "");
                canary.StageVariableOverrides = Texts.With(canary.StageVariableOverrides, name, value ?? "");
                break;
        }

        stage.CanarySettings = canary;
    }

    private void Remove(string path)
    {
        if (path.StartsWith(Variable, StringComparison.Ordinal))
        {
            stage.Variables = Texts.Without(stage.Variables, Unescape(path[Variable.Length..]));
        }
        else if (path == AccessLog && stage.AccessLogSettings is not null)
        {
            stage.AccessLogSettings = null;
        }
        else if (path == Canary && stage.CanarySettings is not null)
        {
            stage.CanarySettings = null;
        }
        else if (stage.CanarySettings is { } canary && path == Overrides)
        {
            canary.StageVariableOverrides = null;
        }
        else if (stage.CanarySettings is { } canary2 && path.StartsWith(Overrides + "/", StringComparison.Ordinal))
        {
            canary2.StageVariableOverrides = Texts.Without(canary2.StageVariableOverrides, Unescape(path[(Overrides.Length + 1)..]));
        }
        else if (path == "/clientCertificateId")
        {
            stage.ClientCertificateId = null;
        }
        else if (path == "/description")
        {
            stage.Description = null;
        }
        else if (path == "/documentationVersion")
        {
            stage.DocumentationVersion = null;
        }
        else
        {
            MethodSettings.Remove(stage, path);
        }
    }

    // A canary is promoted by copying what it has to the stage.
    private void Copy(string path, string? from)
    {
        var isDeployment = path == "/deploymentId" && from == "/canarySettings/deploymentId";
        if (!isDeployment && !(path == "/variables" && from == Overrides))
        {
            throw RestFaults.BadRequest(
                $"Invalid copy operation with path: {path} and from {from ?? "null"}. Valid copy:path are [/deploymentId, /variables] and "
                + "valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]");
        }

        var canary = stage.CanarySettings ?? throw RestFaults.BadRequest("Promotion not available. Canary does not exist.");
        if (isDeployment)
        {
            stage.DeploymentId = canary.DeploymentId;
            return;
        }

        foreach (var (name, value) in canary.StageVariableOverrides ?? new Dictionary<string, string>())
        {
            stage.Variables = Texts.With(stage.Variables, name, value);
        }
    }

    private string? ClientCertificate(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        using var found = reader.Get(AccountTable.Key(ApiGatewayKeyspace.ClientCertificates, context, id));
        return found.Exists ? id : throw RestFaults.BadRequest("Invalid client certificate id specified");
    }

    private static string Unescape(string name) =>
        name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
