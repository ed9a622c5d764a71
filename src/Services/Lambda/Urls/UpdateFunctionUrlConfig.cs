using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Urls;

/// <summary>Changes a function's URL; what is not given stays.</summary>
internal sealed class UpdateFunctionUrlConfig(FunctionTable functions) : IHandler<UpdateFunctionUrlConfigInput, UpdateFunctionUrlConfigOutput>
{
    public async ValueTask<Outcome<UpdateFunctionUrlConfigOutput>> HandleAsync(
        UpdateFunctionUrlConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (FunctionUrls.CheckSupported(input.AuthType, input.InvokeMode, "UpdateFunctionUrlConfig") is { } unsupported)
        {
            return unsupported;
        }

        return await functions.Of(parsed.Value).UpdateAsync((input, parsed.Value, context), static (current, batch, state) =>
        {
            var (input, reference, context) = state;
            if (!FunctionTable.Find(current, reference).Succeeded)
            {
                return (Outcome<UpdateFunctionUrlConfigOutput>)FunctionUrls.NoFunction;
            }

            if (FunctionUrls.Find(current, reference) is not { } url)
            {
                return FunctionUrls.NotFound;
            }

            var changed = url with { Modified = context.Time, Cors = FunctionUrls.Read(input.Cors) ?? url.Cors };
            FunctionUrls.Put(batch, reference, changed);
            return new UpdateFunctionUrlConfigOutput
            {
                FunctionUrl = FunctionUrls.Address(reference, changed, context),
                FunctionArn = reference.QualifiedArn,
                AuthType = FunctionUrlAuthType.None,
                Cors = FunctionUrls.Show(changed.Cors),
                CreationTime = FunctionUrls.Time(changed.Created),
                LastModifiedTime = FunctionUrls.Time(changed.Modified),
                InvokeMode = input.InvokeMode,
            };
        });
    }
}
