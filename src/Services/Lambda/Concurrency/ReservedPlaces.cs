using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Concurrency;

/// <summary>Places for invocations that functions have reserved.</summary>
internal static class ReservedPlaces
{
    public static Outcome<FunctionReference> Parse(string name, CallContext context)
    {
        var parsed = FunctionReference.Parse(name, qualifier: null, context);
        return parsed is { Succeeded: true, Value.Qualifier: not null }
            ? LambdaErrors.InvalidParameterValueException.With(
                "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a "
                + "function name or an unqualified function ARN.")
            : parsed;
    }

    /// <summary>How many all functions of an account and region have reserved.</summary>
    public static int OfAll(IPartitionReader reader, string? except = null)
    {
        var sum = 0;
        foreach (var entry in reader.Scan(KeyRange.Prefix(LambdaKeyspace.Kind(LambdaKeyspace.Functions))))
        {
            var function = Stored.Decode(entry.Value, RecordJson.Default.FunctionRecord);
            sum += function.Name == except ? 0 : function.ReservedConcurrency ?? 0;
        }

        return sum;
    }
}
