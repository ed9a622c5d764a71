using System.Collections.Frozen;
using Haneul.Kernel.Operations;

namespace Haneul.Gateway.Routing;

/// <summary>Finds the service that a request is meant for: by its target header, by its signing scope, by its host, by its path.</summary>
internal sealed class ServiceMap
{
    private readonly FrozenDictionary<string, ServiceEntry> _byTarget;
    private readonly FrozenDictionary<string, ServiceEntry> _byId;
    private readonly FrozenDictionary<string, ServiceEntry[]> _bySigningName;
    private readonly FrozenDictionary<string, ServiceEntry> _byHost;

    public ServiceMap(IEnumerable<IServiceModule> modules)
    {
        Services = [.. modules.Select(module => new ServiceEntry(module))];
        _byId = Services.ToFrozenDictionary(service => service.Model.Id, StringComparer.Ordinal);
        _byTarget = Services.Where(service => service.Model.TargetPrefix is not null)
            .ToFrozenDictionary(service => service.Model.TargetPrefix!, StringComparer.Ordinal);
        _bySigningName = Services.GroupBy(service => service.Model.SigningName)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _byHost = Services.DistinctBy(service => service.Model.EndpointPrefix)
            .ToFrozenDictionary(service => service.Model.EndpointPrefix, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<ServiceEntry> Services { get; }

    public ServiceEntry? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>By what stands before the dot in <c>X-Amz-Target</c>.</summary>
    public ServiceEntry? ByTarget(string prefix) => _byTarget.GetValueOrDefault(prefix);

    /// <summary>By the service in the credential scope; of several that share a name, the one whose paths match.</summary>
    public ServiceEntry? BySigningName(string name, string method, string path, string query)
    {
        if (!_bySigningName.TryGetValue(name, out var services))
        {
            return null;
        }

        return services.Length == 1
            ? services[0]
            : services.FirstOrDefault(service => service.Routes.Match(method, path, query) is not null) ?? services[0];
    }

    /// <summary>By the first label of the host: <c>dynamodb.us-east-1.amazonaws.com</c>.</summary>
    public ServiceEntry? ByHost(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? _byHost.GetValueOrDefault(host[..dot]) : null;
    }

    /// <summary>By the path alone, for unsigned calls to REST services.</summary>
    public ServiceEntry? ByPath(string method, string path, string query) =>
        Services.FirstOrDefault(service => IsRest(service.Model) && service.Routes.Match(method, path, query) is not null);

    /// <summary>
    /// Unsigned forms say nothing outside of the body; they are for the query service that has operations for callers without credentials, which
    /// is STS with <c>AssumeRoleWithWebIdentity</c>.
    /// </summary>
    public ServiceEntry? ByForm() => Services.FirstOrDefault(service =>
        service.Model.Protocols.Contains(Protocol.AwsQuery) && service.Model.Operations.Any(operation => operation.Unsigned));

    public static bool IsRest(ServiceModel model) => model.Protocols[0] is Protocol.RestJson1 or Protocol.RestXml;
}
