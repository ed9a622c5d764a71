using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Authorizers;

/// <summary>
/// Changes an authorizer.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAuthorizer-Patch"/>
/// </summary>
internal sealed class UpdateAuthorizer(RestTable apis) : IHandler<UpdateAuthorizerInput, Authorizer>
{
    private static readonly PatchTable<Authorizer> s_patch = new PatchTable<Authorizer>(PatchWords.Plain)
        .On("/name", "replace", static (authorizer, step) => authorizer.Name = step.Value)
        .On("/type", "replace", static (authorizer, step) => authorizer.Type = step.Value)
        .On("/authorizerUri", "replace", static (authorizer, step) => authorizer.AuthorizerUri = step.Text)
        .On("/authorizerCredentials", "replace", static (authorizer, step) => authorizer.AuthorizerCredentials = step.Text)
        .On("/authorizerResultTtlInSeconds", "replace", static (authorizer, step) => authorizer.AuthorizerResultTtlInSeconds = step.Number)
        .On("/authType", "replace", static (authorizer, step) => authorizer.AuthType = step.Text)
        .On("/identitySource", "add remove replace", ChangeSource)
        .On("/identityValidationExpression", "replace", static (authorizer, step) => authorizer.IdentityValidationExpression = step.Text)
        .On("/providerARNs", "add remove", ChangeProvider);

    public async ValueTask<Outcome<Authorizer>> HandleAsync(UpdateAuthorizerInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            var authorizer = AuthorizerRules.Own(current, input.RestApiId, input.AuthorizerId, context);
            s_patch.Apply(authorizer, input.PatchOperations);
            AuthorizerRules.Check(authorizer);
            RestPut.Authorizer(batch, input.RestApiId, authorizer);
            return authorizer;
        });

    // REQUEST authorizers have several sources, separated by commas.
    private static void ChangeSource(Authorizer authorizer, PatchStep step)
    {
        if (step.Op == "replace")
        {
            authorizer.IdentitySource = step.Text;
            return;
        }

        var sources = authorizer.IdentitySource?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList() ?? [];
        sources.Remove(step.Value ?? "");
        if (step.IsAdd)
        {
            sources.Add(step.Value ?? "");
        }

        authorizer.IdentitySource = Texts.NullIfEmpty(string.Join(',', sources));
    }

    private static void ChangeProvider(Authorizer authorizer, PatchStep step)
    {
        var providers = authorizer.ProviderARNs?.ToList() ?? [];
        providers.Remove(step.Value ?? "");
        if (step.IsAdd)
        {
            providers.Add(step.Value ?? "");
        }

        authorizer.ProviderARNs = providers;
    }
}
