using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Aliases;

/// <summary>Points an alias elsewhere; what is not given stays. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html"/></summary>
internal sealed class UpdateAlias(FunctionTable functions, IIdSource ids) : IHandler<UpdateAliasInput, AliasConfiguration>
{
    public async ValueTask<Outcome<AliasConfiguration>> HandleAsync(UpdateAliasInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value with { Qualifier = null };
        return await functions.Of(reference).UpdateAsync((input, reference, ids), static (current, batch, state) =>
        {
            var (input, reference, ids) = state;
            if (FunctionTable.Alias(current, reference.Name, input.Name) is not { } alias)
            {
                return (Outcome<AliasConfiguration>)AliasRules.NotFound(reference, input.Name);
            }

            if (input.RevisionId is { } revision && revision != alias.RevisionId)
            {
                return FunctionTable.StaleRevision;
            }

            var changed = alias with
            {
                Version = input.FunctionVersion ?? alias.Version, Description = input.Description ?? alias.Description, RevisionId = ids.NewUuid(),
            };
            var routed = AliasRules.Route(current, reference, changed, input.RoutingConfig);
            if (!routed.Succeeded)
            {
                return routed.Error;
            }

            AliasRules.Put(batch, reference, routed.Value);
            return AliasRules.Show(reference, routed.Value);
        });
    }
}
