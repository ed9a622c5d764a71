using System.Text;
using Haneul.Kernel.Errors;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Policies;

/// <summary>Resource policies: one for a function, and one for each of its versions and aliases that has permissions of its own.</summary>
internal static class PolicyTable
{
    private const string StaleText = "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id";

    public static ServiceError StaleRevision { get; } = LambdaErrors.PreconditionFailedException.With(StaleText);

    public static byte[] Key(FunctionReference reference) => LambdaKeyspace.Key(LambdaKeyspace.Policies, reference.Name, reference.Qualifier ?? "");

    public static PolicyRecord? Find(IPartitionReader reader, FunctionReference reference) =>
        reader.GetBytes(Key(reference)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.PolicyRecord) : null;

    public static string Document(PolicyRecord policy)
    {
        var text = new StringBuilder("""{"Version":"2012-10-17","Id":"default","Statement":[""");
        return text.AppendJoin(',', policy.Statements.Select(statement => statement.Json)).Append("]}").ToString();
    }

    /// <summary>Whether what a policy is for exists.</summary>
    public static ServiceError? Missing(IPartitionReader reader, FunctionReference reference)
    {
        if (FunctionTable.Function(reader, reference.Name) is null)
        {
            return (reference with { Qualifier = null }).NotFound();
        }

        if (reference.Qualifier is not { } qualifier)
        {
            return null;
        }

        if (FunctionTable.IsNumber(qualifier) || qualifier.Contains('$', StringComparison.Ordinal))
        {
            return FunctionTable.IsNumber(qualifier) && FunctionTable.Version(reader, reference.Name, qualifier) is not null ? null : reference.NotFound();
        }

        return FunctionTable.Alias(reader, reference.Name, qualifier) is null ? Aliases.AliasRules.NotFound(reference, qualifier) : null;
    }
}
