using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Tags;

/// <summary>The function that a tagging call means.</summary>
internal static class TaggedFunction
{
    public static Outcome<FunctionReference> Parse(string resource, string operation, CallContext context)
    {
        // The model's pattern has been checked before.
        if (!Arn.TryParse(resource, out var arn) || !arn.Resource.StartsWith("function:", StringComparison.Ordinal))
        {
            return ConfigurationRules.Unsupported($"Resource {resource}", operation);
        }

        var parsed = FunctionReference.Parse(resource, qualifier: null, context);
        return parsed is { Succeeded: true, Value.Qualifier: not null }
            ? LambdaErrors.InvalidParameterValueException.With("Tags on function aliases and versions are not supported. Please specify a function ARN.")
            : parsed;
    }

    /// <summary>Changes the tags of a function.</summary>
    public static async ValueTask<ServiceError?> ChangeAsync(
        FunctionTable functions, FunctionReference reference, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        await functions.Of(reference).UpdateAsync((reference, change), static (current, batch, state) =>
        {
            if (FunctionTable.Function(current, state.reference.Name) is not { } function)
            {
                return state.reference.NotFound();
            }

            var tags = state.change(function.Tags);
            if (TagRules.Check(tags) is { } error)
            {
                return error;
            }

            FunctionTable.Put(batch, function with { Tags = tags });
            return (ServiceError?)null;
        });
}
