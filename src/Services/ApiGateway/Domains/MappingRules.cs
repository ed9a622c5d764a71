using Haneul.ApiGateway.Rest;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Domains;

/// <summary>
/// Which mappings a domain may have.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html"/>
/// </summary>
internal static class MappingRules
{
    private const int Most = 200;
    private const int LongestKey = 300;
    private const string None = "(none)";

    /// <summary>The key of a base path as it is written: "(none)" is none.</summary>
    public static string Key(string? basePath) => basePath is null or None ? "" : basePath.Trim('/');

    public static string Written(string key) => key.Length == 0 ? None : key;

    /// <summary>Adds a mapping, or puts it in the place of an older one.</summary>
    /// <param name="current">To look up the API and its stage.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="mapping">The new mapping.</param>
    /// <param name="replaced">The one that it replaces.</param>
    /// <param name="levels">Whether the key may have several parts.</param>
    /// <param name="context">The caller.</param>
    /// <exception cref="Kernel.Errors.ServiceException">There may not be such a mapping.</exception>
    public static DomainRecord With(
        IPartitionReader current, DomainRecord domain, DomainMapping mapping, DomainMapping? replaced, bool levels, CallContext context)
    {
        if (mapping.Key.Length > LongestKey
            || mapping.Key.Split('/').Any(part => !part.All(c => char.IsAsciiLetterOrDigit(c) || "$-_.+!*'()".Contains(c, StringComparison.Ordinal)))
            || (mapping.Key.Contains('/', StringComparison.Ordinal) && (!levels || mapping.Key.Contains("//", StringComparison.Ordinal))))
        {
            throw RestFaults.BadRequest("API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.");
        }

        CheckTarget(current, domain, mapping, context);
        var rest = domain.Mappings.Where(other => other != replaced).ToList();
        if (rest.Exists(other => other.Key == mapping.Key))
        {
            throw RestFaults.Conflict("Base path already exists for this domain name");
        }

        if (rest.Count >= Most)
        {
            throw RestFaults.LimitExceeded("Maximum number of base path mappings of this domain name has been reached.");
        }

        return domain with { Mappings = [.. rest, mapping] };
    }

    private static void CheckTarget(IPartitionReader current, DomainRecord domain, DomainMapping mapping, CallContext context)
    {
        if (RestTable.Find(current, mapping.ApiId) is { } rest && rest.BelongsTo(context))
        {
            if (mapping.Stage is not null && RestTable.FindStage(current, mapping.ApiId, mapping.Stage) is null)
            {
                throw RestFaults.BadRequest("Invalid stage identifier specified");
            }

            return;
        }

        if (ApiTable.Find(current, mapping.ApiId) is not { } api || !api.BelongsTo(context))
        {
            throw RestFaults.BadRequest("Invalid REST API identifier specified");
        }

        if (domain.IsEdge)
        {
            throw RestFaults.BadRequest($"Only REGIONAL domain names can be managed through the API Gateway V2 API. {api.Api.ProtocolType} APIs cannot be mapped to EDGE domain names.");
        }

        var stage = mapping.Stage is null
            ? null
            : StoredJson.Read(current, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Stages, mapping.ApiId, mapping.Stage), ApiGatewayRecords.Default.Stage);
        if (stage is null)
        {
            throw RestFaults.BadRequest("Invalid stage identifier specified");
        }
    }
}
