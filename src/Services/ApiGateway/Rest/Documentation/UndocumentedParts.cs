using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>The places of an API that could be documented and are not.</summary>
internal static class UndocumentedParts
{
    public static List<DocumentationPart> Of(RestSnapshot api, IReadOnlyList<DocumentationPart> documented) =>
        [.. Places(api).Where(place => !documented.Any(part => DocumentationRules.Same(part.Location!, place)))
            .Select(static place => new DocumentationPart { Location = place })];

    private static IEnumerable<DocumentationPartLocation> Places(RestSnapshot api)
    {
        yield return new() { Type = DocumentationPartType.Api };
        foreach (var authorizer in api.Authorizers)
        {
            yield return new() { Type = DocumentationPartType.Authorizer, Name = authorizer.Name };
        }

        foreach (var model in api.Models)
        {
            yield return new() { Type = DocumentationPartType.Model, Name = model.Name };
        }

        foreach (var resource in api.Resources)
        {
            yield return new() { Type = DocumentationPartType.Resource, Path = resource.Path };
            foreach (var (httpMethod, method) in resource.ResourceMethods ?? new Dictionary<string, Method>())
            {
                yield return new() { Type = DocumentationPartType.Method, Path = resource.Path, Method = httpMethod };
                foreach (var place in Places(resource.Path!, httpMethod, method))
                {
                    yield return place;
                }
            }
        }
    }

    private static IEnumerable<DocumentationPartLocation> Places(string path, string httpMethod, Method method)
    {
        foreach (var parameter in method.RequestParameters?.Keys ?? [])
        {
            var parts = parameter.Split('.', 4);
            yield return new()
            {
                Type = parts[2] switch
                {
                    "path" => DocumentationPartType.PathParameter,
                    "header" or "multivalueheader" => DocumentationPartType.RequestHeader,
                    _ => DocumentationPartType.QueryParameter,
                },
                Path = path,
                Method = httpMethod,
                Name = parts[3],
            };
        }

        if (method.RequestModels is { Count: > 0 })
        {
            yield return new() { Type = DocumentationPartType.RequestBody, Path = path, Method = httpMethod };
        }

        foreach (var (statusCode, response) in method.MethodResponses ?? new Dictionary<string, MethodResponse>())
        {
            yield return new() { Type = DocumentationPartType.Response, Path = path, Method = httpMethod, StatusCode = statusCode };
            foreach (var header in response.ResponseParameters?.Keys ?? [])
            {
                yield return new()
                {
                    Type = DocumentationPartType.ResponseHeader, Path = path, Method = httpMethod, StatusCode = statusCode,
                    Name = header["method.response.header.".Length..],
                };
            }

            if (response.ResponseModels is { Count: > 0 })
            {
                yield return new() { Type = DocumentationPartType.ResponseBody, Path = path, Method = httpMethod, StatusCode = statusCode };
            }
        }
    }
}
