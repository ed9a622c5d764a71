using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>A deployment as answers show it: with a summary of its methods where that is asked for.</summary>
internal static class DeploymentView
{
    public static Deployment Of(RestDeployment record, IReadOnlyList<string>? embed)
    {
        var deployment = record.Deployment;
        deployment.ApiSummary = embed?.Contains("apisummary", StringComparer.OrdinalIgnoreCase) == true ? Summary(record.Snapshot) : null;
        return deployment;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, MethodSnapshot>> Summary(RestSnapshot snapshot)
    {
        var summary = new Dictionary<string, IReadOnlyDictionary<string, MethodSnapshot>>(StringComparer.Ordinal);
        foreach (var resource in snapshot.Resources.Where(static resource => resource.ResourceMethods is { Count: > 0 }))
        {
            summary[resource.Path!] = resource.ResourceMethods!.ToDictionary(
                static entry => entry.Key,
                static entry => new MethodSnapshot
                {
                    AuthorizationType = entry.Value.AuthorizationType,
                    ApiKeyRequired = entry.Value.ApiKeyRequired ?? false,
                });
        }

        return summary;
    }
}
