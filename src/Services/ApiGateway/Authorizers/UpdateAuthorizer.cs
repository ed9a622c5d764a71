using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Changes an authorizer; what is not given stays.</summary>
internal sealed class UpdateAuthorizer(ApiTable apis, IssuerKeys keys, IIdSource ids) : IHandler<UpdateAuthorizerRequest, Authorizer>
{
    public async ValueTask<Outcome<Authorizer>> HandleAsync(UpdateAuthorizerRequest input, CallContext context, CancellationToken cancel)
    {
        var api = ApiTable.Own(apis.Partition, input.ApiId, context).Api;
        var before = Changed(input, Find(ApiParts.Read(apis.Partition, input.ApiId), input.AuthorizerId));
        var refused = AuthorizerRules.Refusal(before, api.ProtocolType)
            ?? Unsupported.First("UpdateAuthorizer", ("identityValidationExpression", input.IdentityValidationExpression is not null))
            ?? (input.JwtConfiguration is null ? null : await IssuerCheck.RefusalAsync(before, keys, cancel));
        return refused is not null ? refused : await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            var api = ApiTable.Own(current, input.ApiId, context).Api;
            var parts = ApiParts.Read(current, input.ApiId);
            var authorizer = Changed(input, Find(parts, input.AuthorizerId));
            if ((AuthorizerRules.Refusal(authorizer, api.ProtocolType) ?? AuthorizerRules.Refusal(authorizer, parts)) is { } refused)
            {
                return (Outcome<Authorizer>)refused;
            }

            AuthorizerRules.Into(batch, input.ApiId, authorizer);
            ApiParts.Replace(parts.Authorizers, other => other.AuthorizerId, authorizer);
            AutoDeploy.Into(batch, input.ApiId, parts, context.Time, ids);
            return authorizer;
        });
    }

    private static Authorizer Find(ApiParts parts, string id) =>
        parts.Authorizers.Find(authorizer => authorizer.AuthorizerId == id) ?? throw AuthorizerRules.Missing(id);

    private static Authorizer Changed(UpdateAuthorizerRequest input, Authorizer old) => new()
    {
        AuthorizerCredentialsArn = input.AuthorizerCredentialsArn ?? old.AuthorizerCredentialsArn,
        AuthorizerId = old.AuthorizerId,
        AuthorizerPayloadFormatVersion = input.AuthorizerPayloadFormatVersion ?? old.AuthorizerPayloadFormatVersion,
        AuthorizerResultTtlInSeconds = input.AuthorizerResultTtlInSeconds ?? old.AuthorizerResultTtlInSeconds,
        AuthorizerType = input.AuthorizerType ?? old.AuthorizerType,
        AuthorizerUri = input.AuthorizerUri ?? old.AuthorizerUri,
        EnableSimpleResponses = input.EnableSimpleResponses ?? old.EnableSimpleResponses,
        IdentitySource = input.IdentitySource ?? old.IdentitySource,
        JwtConfiguration = input.JwtConfiguration is null ? old.JwtConfiguration : new JWTConfiguration
        {
            Audience = input.JwtConfiguration.Audience ?? old.JwtConfiguration?.Audience,
            Issuer = input.JwtConfiguration.Issuer ?? old.JwtConfiguration?.Issuer,
        },
        Name = input.Name ?? old.Name,
    };
}
