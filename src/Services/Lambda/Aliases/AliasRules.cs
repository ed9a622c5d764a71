using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Aliases;

/// <summary>What an alias may point to. <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html"/></summary>
internal static class AliasRules
{
    public static ServiceError NotFound(FunctionReference function, string alias) =>
        LambdaErrors.ResourceNotFoundException.With($"Cannot find alias arn: {function.Arn}:{alias}");

    /// <summary>The alias with a routing configuration, if that is allowed.</summary>
    public static Outcome<AliasRecord> Route(IPartitionReader current, FunctionReference function, AliasRecord alias, AliasRoutingConfiguration? routing)
    {
        if (Missing(current, function, alias.Version) is { } missing)
        {
            return missing;
        }

        if (routing is null)
        {
            return alias;
        }

        if (routing.AdditionalVersionWeights is not { Count: > 0 } weights)
        {
            return alias with { OtherVersion = null, OtherWeight = 0 };
        }

        if (weights.Count > 1)
        {
            return LambdaErrors.InvalidParameterValueException.With("Number of items in AdditionalVersionWeights cannot be greater than 1");
        }

        var (other, weight) = weights.First();
        if (alias.Version == FunctionReference.Latest)
        {
            return LambdaErrors.InvalidParameterValueException.With("$LATEST is not supported for an alias pointing to more than 1 version");
        }

        if (other == alias.Version)
        {
            return LambdaErrors.InvalidParameterValueException.With(
                $"Invalid function version {other}. Function version {other} is already included in routing configuration.");
        }

        return Missing(current, function, other) is { } none ? none : alias with { OtherVersion = other, OtherWeight = weight };
    }

    public static AliasConfiguration Show(FunctionReference function, AliasRecord alias) => new()
    {
        AliasArn = $"{function.Arn}:{alias.Name}",
        Name = alias.Name,
        FunctionVersion = alias.Version,
        Description = alias.Description,
        RevisionId = alias.RevisionId,
        RoutingConfig = alias.OtherVersion is { } other
            ? new AliasRoutingConfiguration { AdditionalVersionWeights = new Dictionary<string, double> { [other] = alias.OtherWeight } }
            : null,
    };

    public static void Put(Batch batch, FunctionReference function, AliasRecord alias) =>
        batch.Put(LambdaKeyspace.Key(LambdaKeyspace.Aliases, function.Name, alias.Name), Stored.Encode(alias, RecordJson.Default.AliasRecord));

    private static ServiceError? Missing(IPartitionReader current, FunctionReference function, string version) =>
        (version == FunctionReference.Latest || FunctionTable.IsNumber(version)) && FunctionTable.Version(current, function.Name, version) is not null
            ? null
            : (function with { Qualifier = version }).NotFound();
}
