using System.Collections.Concurrent;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>Deployments that have been made ready to serve, by API and deployment: each is made once.</summary>
internal sealed class RestSites(RestTable apis)
{
    private const int MaxSites = 1024;

    private readonly ConcurrentDictionary<(string Api, string Deployment), RestSite> _sites = new();

    /// <returns>Null if the deployment is gone.</returns>
    public RestSite? Find(string api, string deployment)
    {
        if (_sites.TryGetValue((api, deployment), out var site))
        {
            return site;
        }

        if (RestTable.FindDeployment(apis.Partition, api, deployment) is not { } record)
        {
            return null;
        }

        if (_sites.Count >= MaxSites)
        {
            _sites.Clear();
        }

        return _sites[(api, deployment)] = new RestSite(record.Snapshot);
    }
}
