using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>A resource as answers show it: with the names of its methods, unless their content is asked for.</summary>
internal static class ResourceView
{
    public static Resource Of(Resource resource, IReadOnlyList<string>? embed)
    {
        if (embed?.Contains("methods") != true)
        {
            resource.ResourceMethods = resource.ResourceMethods?.Keys.ToDictionary(static name => name, static _ => new Method());
        }

        return resource;
    }
}
