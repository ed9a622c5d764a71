using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Aliases;

/// <summary>Shows an alias.</summary>
internal sealed class GetAlias(FunctionTable functions) : IHandler<GetAliasInput, AliasConfiguration>
{
    public ValueTask<Outcome<AliasConfiguration>> HandleAsync(GetAliasInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value;
        return new(FunctionTable.Alias(functions.Of(reference), reference.Name, input.Name) is { } alias
            ? AliasRules.Show(reference, alias)
            : AliasRules.NotFound(reference, input.Name));
    }
}
