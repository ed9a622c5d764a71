using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Sts.WebIdentity;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Iam.Sts;

/// <summary>AWS Security Token Service.</summary>
public sealed class StsModule : IServiceModule
{
    public ServiceModel Model => StsOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "The root of an account may assume roles that trust its account; AWS forbids roots to assume roles.",
        "There are no MFA devices, so SerialNumber and TokenCode are refused; so is ProvidedContexts.",
        "Web identity tokens are signed with RS256 or ES256; their session tags and source identity are refused, and so is ProviderId.",
        "The packed size of session policies and tags is counted in characters.",
    ];

    public void Register(IServiceCollection services) => IamServices.Add(services);

    public void Map(OperationTable operations)
    {
        operations.Map(StsOperations.AssumeRole)
            .Needs("sts:AssumeRole", (input, _) => input.RoleArn)
            .NeedsEach("sts:TagSession", (input, _) => input.Tags is { Count: > 0 } ? [input.RoleArn] : [])
            .NeedsEach("sts:SetSourceIdentity", (input, _) => input.SourceIdentity is not null ? [input.RoleArn] : [])
            .Keys((input, _, needed) =>
            {
                needed.Key("sts:RoleSessionName", input.RoleSessionName);
                needed.Key("sts:ExternalId", input.ExternalId);
                needed.Key("sts:SourceIdentity", input.SourceIdentity);
                needed.Key("sts:TransitiveTagKeys", input.TransitiveTagKeys);
                needed.RequestTags(SessionRequest.Pairs(input.Tags));
            })
            .Use<AssumeRole>();
        operations.Map(StsOperations.AssumeRoleWithWebIdentity).NeedsNothing().Use<AssumeRoleWithWebIdentity>();
        operations.Map(StsOperations.GetAccessKeyInfo).Needs("sts:GetAccessKeyInfo").Use<GetAccessKeyInfo>();
        operations.Map(StsOperations.GetCallerIdentity).NeedsNothing().Use<GetCallerIdentity>();
        operations.Map(StsOperations.GetFederationToken)
            .Needs("sts:GetFederationToken", (input, context) => $"arn:aws:sts::{context.Account}:federated-user/{input.Name}")
            .NeedsEach("sts:TagSession", (input, context) =>
                input.Tags is { Count: > 0 } ? [$"arn:aws:sts::{context.Account}:federated-user/{input.Name}"] : [])
            .Keys((input, _, needed) => needed.RequestTags(SessionRequest.Pairs(input.Tags)))
            .Use<GetFederationToken>();
        operations.Map(StsOperations.GetSessionToken).NeedsNothing().Use<GetSessionToken>();
    }
}
