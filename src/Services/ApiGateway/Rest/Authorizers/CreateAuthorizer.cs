using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>
/// Adds an authorizer to an API.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html"/>
/// </summary>
internal sealed class CreateAuthorizer(RestTable apis, IIdSource ids) : IHandler<CreateAuthorizerInput, Authorizer>
{
    private const int MostAuthorizers = 10;

    public async ValueTask<Outcome<Authorizer>> HandleAsync(CreateAuthorizerInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
        {
            var (input, context, ids) = state;
            if (RestTable.Find(current, input.RestApiId)?.BelongsTo(context) != true)
            {
                // So AWS says when there is no such API.
                throw RestFaults.Conflict("Unable to complete operation due to concurrent modification. Please try again later.");
            }

            var authorizer = new Authorizer
            {
                Id = Texts.NewId(ids),
                Name = input.Name,
                Type = input.Type,
                ProviderARNs = input.ProviderARNs is { Count: > 0 } providers ? providers : null,
                AuthType = Texts.NullIfEmpty(input.AuthType),
                AuthorizerUri = Texts.NullIfEmpty(input.AuthorizerUri),
                AuthorizerCredentials = Texts.NullIfEmpty(input.AuthorizerCredentials),
                IdentitySource = Texts.NullIfEmpty(input.IdentitySource),
                IdentityValidationExpression = Texts.NullIfEmpty(input.IdentityValidationExpression),
                AuthorizerResultTtlInSeconds = input.AuthorizerResultTtlInSeconds,
            };
            AuthorizerRules.Check(authorizer);
            var all = StoredJson.Parts(current, ApiGatewayKeyspace.RestAuthorizers, input.RestApiId, RestRecords.Default.Authorizer);
            if (all.Exists(other => other.Name == authorizer.Name))
            {
                throw RestFaults.BadRequest("Authorizer name must be unique. Authorizer with this name already exists in this REST API.");
            }

            if (all.Count >= MostAuthorizers)
            {
                throw RestFaults.LimitExceeded(
                    "Maximum number of Authorizers for this API has been reached. Please contact AWS if you need additional Authorizers.");
            }

            RestPut.Authorizer(batch, input.RestApiId, authorizer);
            return authorizer;
        });
}
