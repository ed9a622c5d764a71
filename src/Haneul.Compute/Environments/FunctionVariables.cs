using System.Globalization;
using Haneul.Kernel.Identity;

namespace Haneul.Compute.Environments;

/// <summary>
/// The environment of a function, as Lambda makes it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"/>
/// </summary>
internal static class FunctionVariables
{
    public const int RuntimePort = 9001;
    public const int EndpointPort = 4566;

    public static Dictionary<string, string> Build(FunctionSpec spec, string logStream, Credential? credential, string runtimeApi, string? endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
            ["LD_LIBRARY_PATH"] = "/var/lang/lib:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["NODE_PATH"] = "/opt/nodejs/node_modules:/var/task/node_modules:/usr/share/nodejs",
        };
        if (endpoint is not null)
        {
            variables["AWS_ENDPOINT_URL"] = endpoint;
        }

        foreach (var (name, value) in spec.Variables)
        {
            variables[name] = value;
        }

        foreach (var (name, value) in Reserved(spec, logStream, credential, runtimeApi))
        {
            variables[name] = value;
        }

        return variables;
    }

    private static IEnumerable<(string Name, string Value)> Reserved(FunctionSpec spec, string logStream, Credential? credential, string runtimeApi)
    {
        yield return ("_HANDLER", spec.Handler);
        yield return ("AWS_REGION", spec.Region);
        yield return ("AWS_DEFAULT_REGION", spec.Region);
        yield return ("AWS_EXECUTION_ENV", "AWS_Lambda_" + spec.Runtime);
        yield return ("AWS_LAMBDA_FUNCTION_NAME", spec.Name);
        yield return ("AWS_LAMBDA_FUNCTION_VERSION", spec.Version);
        yield return ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", spec.MemoryMegabytes.ToString(CultureInfo.InvariantCulture));
        yield return ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        yield return ("AWS_LAMBDA_LOG_GROUP_NAME", spec.LogGroup);
        yield return ("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
        yield return ("AWS_LAMBDA_LOG_FORMAT", spec.LogFormat);
        yield return ("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        yield return ("LAMBDA_TASK_ROOT", "/var/task");
        yield return ("LAMBDA_RUNTIME_DIR", "/var/runtime");
        if (spec.LogLevel is { } level)
        {
            yield return ("AWS_LAMBDA_LOG_LEVEL", level);
        }

        if (credential is not null)
        {
            yield return ("AWS_ACCESS_KEY_ID", credential.AccessKeyId);
            yield return ("AWS_SECRET_ACCESS_KEY", credential.SecretAccessKey);
            if (credential.SessionToken is { } token)
            {
                yield return ("AWS_SESSION_TOKEN", token);
            }
        }
    }
}
