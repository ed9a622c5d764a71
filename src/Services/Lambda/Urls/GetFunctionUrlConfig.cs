using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Urls;

/// <summary>Shows a function's URL.</summary>
internal sealed class GetFunctionUrlConfig(FunctionTable functions) : IHandler<GetFunctionUrlConfigInput, GetFunctionUrlConfigOutput>
{
    public ValueTask<Outcome<GetFunctionUrlConfigOutput>> HandleAsync(GetFunctionUrlConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return new(parsed.Error);
        }

        var reference = parsed.Value;
        return new(FunctionUrls.Find(functions.Of(reference), reference) is { } url
            ? new GetFunctionUrlConfigOutput
            {
                FunctionUrl = FunctionUrls.Address(reference, url, context),
                FunctionArn = reference.QualifiedArn,
                AuthType = FunctionUrlAuthType.None,
                Cors = FunctionUrls.Show(url.Cors),
                CreationTime = FunctionUrls.Time(url.Created),
                LastModifiedTime = FunctionUrls.Time(url.Modified),
                InvokeMode = InvokeMode.Buffered,
            }
            : FunctionUrls.NotFound);
    }
}
