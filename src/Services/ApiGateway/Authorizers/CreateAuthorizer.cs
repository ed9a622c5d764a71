using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Authorizers;

/// <summary>Adds an authorizer to an API: a Lambda function, or an issuer of tokens.</summary>
internal sealed class CreateAuthorizer(ApiTable apis, IssuerKeys keys, IIdSource ids) : IHandler<CreateAuthorizerRequest, Authorizer>
{
    public async ValueTask<Outcome<Authorizer>> HandleAsync(CreateAuthorizerRequest input, CallContext context, CancellationToken cancel)
    {
        var api = ApiTable.Own(apis.Partition, input.ApiId, context).Api;
        var isHttpRequest = api.ProtocolType == ProtocolType.Http && input.AuthorizerType == AuthorizerType.Request;
        var authorizer = new Authorizer
        {
            AuthorizerCredentialsArn = input.AuthorizerCredentialsArn,
            AuthorizerId = ids.NewString(6, RandomIdSource.LowerAlphanumeric),
            AuthorizerPayloadFormatVersion = input.AuthorizerPayloadFormatVersion,
            AuthorizerResultTtlInSeconds = input.AuthorizerResultTtlInSeconds ?? (isHttpRequest && input.IdentitySource.Count > 0 ? 300 : null),
            AuthorizerType = input.AuthorizerType,
            AuthorizerUri = input.AuthorizerUri,
            EnableSimpleResponses = input.EnableSimpleResponses ?? (isHttpRequest ? false : null),
            IdentitySource = input.IdentitySource,
            JwtConfiguration = input.JwtConfiguration,
            Name = input.Name,
        };
        var refused = AuthorizerRules.Refusal(authorizer, api.ProtocolType)
            ?? Unsupported.First("CreateAuthorizer", ("identityValidationExpression", input.IdentityValidationExpression is not null))
            ?? await IssuerCheck.RefusalAsync(authorizer, keys, cancel);
        return refused is not null ? refused : await apis.Partition.UpdateAsync((input.ApiId, authorizer, context, ids), static (current, batch, state) =>
        {
            var (apiId, authorizer, context, ids) = state;
            ApiTable.Own(current, apiId, context);
            var parts = ApiParts.Read(current, apiId);
            if (AuthorizerRules.Refusal(authorizer, parts) is { } refused)
            {
                return (Outcome<Authorizer>)refused;
            }

            AuthorizerRules.Into(batch, apiId, authorizer);
            parts.Authorizers.Add(authorizer);
            AutoDeploy.Into(batch, apiId, parts, context.Time, ids);
            return authorizer;
        });
    }
}
