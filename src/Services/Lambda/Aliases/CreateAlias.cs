using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Aliases;

/// <summary>Gives a version a name. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html"/></summary>
internal sealed class CreateAlias(FunctionTable functions, IIdSource ids) : IHandler<CreateAliasInput, AliasConfiguration>
{
    public async ValueTask<Outcome<AliasConfiguration>> HandleAsync(CreateAliasInput input, CallContext context, CancellationToken cancel)
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
            var alias = new AliasRecord
            {
                Name = input.Name, Version = input.FunctionVersion, Description = input.Description ?? "", RevisionId = ids.NewUuid(),
            };
            var routed = AliasRules.Route(current, reference, alias, input.RoutingConfig);
            if (!routed.Succeeded)
            {
                return (Outcome<AliasConfiguration>)routed.Error;
            }

            if (FunctionTable.Alias(current, reference.Name, input.Name) is not null)
            {
                return LambdaErrors.ResourceConflictException.With($"Alias already exists: {reference.Arn}:{input.Name}");
            }

            AliasRules.Put(batch, reference, routed.Value);
            return AliasRules.Show(reference, routed.Value);
        });
    }
}
