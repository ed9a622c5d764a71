using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Documentation;
using Haneul.ApiGateway.Rest.Integrations;
using Haneul.ApiGateway.Rest.Methods;
using Haneul.ApiGateway.Rest.Resources;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Puts what a description says into an API: beside what it has, where only what is described changes, or instead of it.</summary>
internal sealed class PutImported(IPartitionReader current, Batch batch, RestApi api, ImportedApi imported, bool overwrite, IIdSource ids)
{
    private const int MostModels = 60;

    private readonly List<string> _errors = [];
    private readonly Dictionary<string, string> _authorizers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _validators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _models = new(StringComparer.Ordinal);

    public void Run(DateTimeOffset now)
    {
        PutModels();
        PutAuthorizers();
        PutValidators();
        PutResponses();
        PutResources();
        PutDocumentation(now);
        if (_errors.Count > 0)
        {
            throw RestFaults.BadRequest("Errors found during import:" + string.Concat(_errors.Select(static error => "\n\t" + error)));
        }
    }

    private List<T> Existing<T>(byte kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        if (!overwrite)
        {
            return StoredJson.Parts(current, kind, api.Id!, type);
        }

        batch.DeleteRange(KeyRange.Prefix(ApiGatewayKeyspace.Key(kind, api.Id)));
        return [];
    }

    private void PutModels()
    {
        var existing = Existing(ApiGatewayKeyspace.RestModels, RestRecords.Default.Model);
        _models.UnionWith(existing.Select(static model => model.Name!));
        foreach (var model in imported.Models)
        {
            model.Id = existing.Find(other => other.Name == model.Name)?.Id ?? Texts.NewId(ids);
            RestPut.Model(batch, api.Id!, model);
            _models.Add(model.Name!);
        }

        if (_models.Count > MostModels)
        {
            throw RestFaults.LimitExceeded(
                "Maximum number of models for this API has been reached. Please contact AWS if you need additional models.");
        }
    }

    private void PutAuthorizers()
    {
        var existing = Existing(ApiGatewayKeyspace.RestAuthorizers, RestRecords.Default.Authorizer);
        foreach (var authorizer in imported.Authorizers)
        {
            authorizer.Id = existing.Find(other => other.Name == authorizer.Name)?.Id ?? Texts.NewId(ids);
            RestPut.Authorizer(batch, api.Id!, authorizer);
            _authorizers[authorizer.Name!] = authorizer.Id;
        }
    }

    private void PutValidators()
    {
        var existing = Existing(ApiGatewayKeyspace.RestValidators, RestRecords.Default.RequestValidator);
        foreach (var validator in existing)
        {
            _validators[validator.Name!] = validator.Id!;
        }

        foreach (var validator in imported.Validators)
        {
            validator.Id = _validators.GetValueOrDefault(validator.Name!) ?? Texts.NewId(ids);
            RestPut.Validator(batch, api.Id!, validator);
            _validators[validator.Name!] = validator.Id;
        }
    }

    private void PutResponses()
    {
        Existing(ApiGatewayKeyspace.RestResponses, RestRecords.Default.GatewayResponse);
        foreach (var response in imported.Responses)
        {
            RestPut.Response(batch, api.Id!, response);
        }
    }

    private void PutResources()
    {
        var tree = Existing(ApiGatewayKeyspace.RestResources, RestRecords.Default.Resource).ToDictionary(static resource => resource.Path!);
        if (!tree.ContainsKey("/"))
        {
            tree["/"] = new Resource { Id = api.RootResourceId, Path = "/" };
        }

        foreach (var path in imported.Paths)
        {
            Collect(path, () => Resource(tree, path));
        }

        foreach (var method in imported.Methods.Where(method => tree.ContainsKey(Normal(method.Path))))
        {
            Collect(
                $"Unable to put method '{method.Method.HttpMethod}' on resource at path '{method.Path}'",
                () => Put(tree[Normal(method.Path)], method));
        }

        if (tree.Count > ResourceRules.MostResources)
        {
            throw RestFaults.LimitExceeded(
                "Maximum number of resources for this API has been reached. Please contact AWS if you need additional resources.");
        }

        foreach (var resource in tree.Values)
        {
            RestPut.Resource(batch, api.Id!, resource);
        }
    }

    private static string Normal(string path) => path.Length == 0 ? "/" : path;

    private Resource Resource(Dictionary<string, Resource> tree, string path)
    {
        var parent = tree["/"];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = ResourceRules.PathOf(parent, part);
            if (!tree.TryGetValue(next, out var resource))
            {
                ResourceRules.CheckPathPart(part);
                ResourceRules.CheckPlace(parent, part, ownId: null, [.. tree.Values]);
                resource = new Resource { Id = Texts.NewId(ids), ParentId = parent.Id, PathPart = part, Path = next };
                tree[next] = resource;
            }

            parent = resource;
        }

        return parent;
    }

    private void Put(Resource resource, ImportedMethod described)
    {
        var method = described.Method;
        method.AuthorizerId = described.Authorizer is { } authorizer ? _authorizers[authorizer] : null;
        if (described.Validator is { } validator)
        {
            method.RequestValidatorId = _validators.GetValueOrDefault(validator)
                ?? throw RestFaults.BadRequest($"Invalid Request Validator name specified: {validator}");
        }

        MethodRules.CheckParameters(method.RequestParameters);
        CheckModels(method.RequestModels);
        foreach (var response in method.MethodResponses?.Values ?? [])
        {
            CheckModels(response.ResponseModels);
        }

        if (method.MethodIntegration is { } integration)
        {
            try
            {
                if (integration.Type is null)
                {
                    throw RestFaults.BadRequest("Enumeration value for IntegrationType must be non-empty");
                }

                RestIntegrationRules.Check(integration, method, resource.Id!, api.EndpointConfiguration?.Types is [EndpointType.Edge]);
                foreach (var response in integration.IntegrationResponses?.Values ?? [])
                {
                    IntegrationResponseRules.Check(response, method);
                }
            }
            catch (ServiceException exception)
            {
                _errors.Add($"Unable to put integration on '{method.HttpMethod}' for resource at path '{resource.Path}': {exception.Message}");
                return;
            }
        }

        resource.ResourceMethods = Texts.With(resource.ResourceMethods, method.HttpMethod!, method);
    }

    private void CheckModels(IReadOnlyDictionary<string, string>? models)
    {
        foreach (var name in models?.Values ?? [])
        {
            if (!_models.Contains(name))
            {
                throw RestFaults.BadRequest($"Invalid model identifier specified: {name}");
            }
        }
    }

    private void Collect(string where, Action act)
    {
        try
        {
            act();
        }
        catch (ServiceException exception)
        {
            _errors.Add($"{where}: {exception.Message}");
        }
    }

    private void PutDocumentation(DateTimeOffset now)
    {
        var parts = Existing(ApiGatewayKeyspace.RestDocumentationParts, RestRecords.Default.DocumentationPart);
        PutParts(batch, api.Id!, parts, imported.Documentation, ids);
        if (imported.DocumentationVersion is { Length: > 0 } version)
        {
            var frozen = new DocumentationVersion { Version = version, CreatedDate = now };
            DocumentationTable.Put(batch, api.Id!, new DocumentationVersionRecord(frozen, parts));
        }
    }

    /// <summary>Puts documentation parts beside those that are there; parts of one place replace each other.</summary>
    /// <returns>The ids of the parts that were put.</returns>
    public static List<string> PutParts(
        Batch batch, string apiId, List<DocumentationPart> existing, IReadOnlyList<DocumentationPart> parts, IIdSource ids)
    {
        var put = new List<string>();
        foreach (var part in parts)
        {
            var old = existing.Find(other => DocumentationRules.Same(other.Location!, part.Location!));
            part.Id = old?.Id ?? Texts.NewId(ids);
            if (old is not null)
            {
                existing.Remove(old);
            }

            existing.Add(part);
            DocumentationTable.Put(batch, apiId, part);
            put.Add(part.Id);
        }

        return existing.Count <= DocumentationRules.MostParts
            ? put
            : throw RestFaults.LimitExceeded("Maximum number of documentation parts for this API has been reached.");
    }
}
