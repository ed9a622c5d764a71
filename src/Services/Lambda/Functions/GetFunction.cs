using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Functions;

/// <summary>
/// Shows a version, its tags and where its code can be had for ten minutes.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html"/>
/// </summary>
internal sealed class GetFunction(FunctionTable functions, CodeSite site) : IHandler<GetFunctionInput, GetFunctionOutput>
{
    public ValueTask<Outcome<GetFunctionOutput>> HandleAsync(GetFunctionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value;
        var partition = functions.Of(reference);
        var found = FunctionTable.Find(partition, reference);
        if (!found.Succeeded || FunctionTable.Function(partition, reference.Name) is not { } function)
        {
            return new(found.Error ?? reference.NotFound());
        }

        return new(new GetFunctionOutput
        {
            Configuration = Configurations.Show(reference, found.Value, reference.Qualifier),
            Code = new FunctionCodeLocation { RepositoryType = "S3", Location = site.UrlFor(found.Value.Code, context) },
            Tags = function.Tags.Count > 0 && reference.Qualifier is null ? function.Tags : null,
            Concurrency = function.ReservedConcurrency is { } reserved ? new Contracts.Concurrency { ReservedConcurrentExecutions = reserved } : null,
        });
    }
}
