using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Integrations;

/// <summary>Changes an integration; what is not given stays. A parameter mapping that is given as empty text goes.</summary>
internal sealed class UpdateIntegration(ApiTable apis, IntegrationRules rules, IIdSource ids) : IHandler<UpdateIntegrationRequest, ApiIntegration>
{
    public ValueTask<Outcome<ApiIntegration>> HandleAsync(UpdateIntegrationRequest input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context, ids, rules), static (current, batch, state) =>
        {
            var (input, context, ids, rules) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var old = parts.Integrations.Find(integration => integration.IntegrationId == input.IntegrationId)
                ?? throw IntegrationRules.Missing(input.IntegrationId);
            var integration = Changed(input, old);
            if (rules.Refusal(integration, api.ProtocolType) is { } refused)
            {
                return (Outcome<ApiIntegration>)refused;
            }

            PutIntegration.Into(batch, input.ApiId, integration);
            ApiParts.Replace(parts.Integrations, other => other.IntegrationId, integration);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return integration;
        });

    private static ApiIntegration Changed(UpdateIntegrationRequest input, ApiIntegration old) => new()
    {
        ApiGatewayManaged = old.ApiGatewayManaged,
        ConnectionId = input.ConnectionId ?? old.ConnectionId,
        ConnectionType = input.ConnectionType ?? old.ConnectionType,
        ContentHandlingStrategy = input.ContentHandlingStrategy ?? old.ContentHandlingStrategy,
        CredentialsArn = (input.CredentialsArn ?? old.CredentialsArn) is { Length: > 0 } role ? role : null,
        Description = input.Description ?? old.Description,
        IntegrationId = old.IntegrationId,
        IntegrationMethod = input.IntegrationMethod ?? old.IntegrationMethod,
        IntegrationResponseSelectionExpression = old.IntegrationResponseSelectionExpression,
        IntegrationSubtype = input.IntegrationSubtype ?? old.IntegrationSubtype,
        IntegrationType = input.IntegrationType ?? old.IntegrationType,
        IntegrationUri = input.IntegrationUri ?? old.IntegrationUri,
        PassthroughBehavior = input.PassthroughBehavior ?? old.PassthroughBehavior,
        PayloadFormatVersion = input.PayloadFormatVersion ?? old.PayloadFormatVersion,
        RequestParameters = Merged(old.RequestParameters, input.RequestParameters),
        RequestTemplates = Merged(old.RequestTemplates, input.RequestTemplates),
        ResponseParameters = MergedByStatus(old.ResponseParameters, input.ResponseParameters),
        TemplateSelectionExpression = input.TemplateSelectionExpression ?? old.TemplateSelectionExpression,
        TimeoutInMillis = input.TimeoutInMillis ?? old.TimeoutInMillis,
        TlsConfig = input.TlsConfig is null ? old.TlsConfig : new TlsConfig { ServerNameToVerify = input.TlsConfig.ServerNameToVerify },
    };

    /// <summary>An entry that is given as empty text goes; the others stay or are replaced.</summary>
    internal static IReadOnlyDictionary<string, string>? Merged(IReadOnlyDictionary<string, string>? old, IReadOnlyDictionary<string, string>? given)
    {
        if (given is null)
        {
            return old;
        }

        var merged = old is null ? new Dictionary<string, string>() : new Dictionary<string, string>(old);
        foreach (var (name, value) in given)
        {
            // Removals of the mapping itself are written with an empty value too; they name what they remove.
            if (value.Length > 0 || name.StartsWith("remove:", StringComparison.Ordinal))
            {
                merged[name] = value;
            }
            else
            {
                merged.Remove(name);
            }
        }

        return merged.Count == 0 ? null : merged;
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? MergedByStatus(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? old, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? given)
    {
        if (given is null)
        {
            return old;
        }

        var merged = old is null
            ? new Dictionary<string, IReadOnlyDictionary<string, string>>()
            : new Dictionary<string, IReadOnlyDictionary<string, string>>(old);
        foreach (var (status, rules) in given)
        {
            if (Merged(merged.GetValueOrDefault(status), rules) is { } kept && rules.Count > 0)
            {
                merged[status] = kept;
            }
            else
            {
                merged.Remove(status);
            }
        }

        return merged.Count == 0 ? null : merged;
    }
}
