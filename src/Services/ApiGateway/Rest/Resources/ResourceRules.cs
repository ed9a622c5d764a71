using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Resources;

/// <summary>
/// The tree of an API's resources: what a part of a path may be and where it may stand.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html"/>
/// </summary>
internal static class ResourceRules
{
    public const int MostResources = 300;

    public static void CheckPathPart(string? part)
    {
        var isVariable = part is ['{', .., '}'];
        var name = isVariable ? part![1..^1] : part ?? "";
        if (isVariable && name.EndsWith('+'))
        {
            name = name[..^1];
        }

        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '$'))
        {
            throw RestFaults.BadRequest(
                "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.");
        }
    }

    public static bool IsVariable(string? part) => part is ['{', .., '}'];

    public static bool IsGreedy(string? part) => part is ['{', .., '+', '}'];

    /// <summary>Whether a part of a path may stand below a parent, besides its other children.</summary>
    public static void CheckPlace(Resource parent, string part, string? ownId, IReadOnlyList<Resource> all)
    {
        if (IsGreedy(parent.PathPart))
        {
            throw RestFaults.BadRequest($"Cannot create a child of a resource with a greedy path variable: {parent.PathPart}");
        }

        foreach (var sibling in all.Where(resource => resource.ParentId == parent.Id && resource.Id != ownId))
        {
            if (sibling.PathPart == part)
            {
                throw RestFaults.Conflict($"Another resource with the same parent already has this name: {part}");
            }

            if (IsVariable(part) && IsVariable(sibling.PathPart))
            {
                throw RestFaults.BadRequest(
                    $"A sibling ({sibling.PathPart}) of this resource already has a variable path part -- only one is allowed");
            }
        }
    }

    public static string PathOf(Resource parent, string part) => parent.Path == "/" ? "/" + part : $"{parent.Path}/{part}";

    /// <summary>A resource with all below it, parents first.</summary>
    public static List<Resource> Subtree(Resource top, IReadOnlyList<Resource> all)
    {
        var children = all.Where(static resource => resource.ParentId is not null).ToLookup(static resource => resource.ParentId);
        var found = new List<Resource> { top };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i].Id]);
        }

        return found;
    }
}
