using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Urls;

/// <summary>Gives a function a URL. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html"/></summary>
internal sealed class CreateFunctionUrlConfig(FunctionTable functions, IIdSource ids) : IHandler<CreateFunctionUrlConfigInput, CreateFunctionUrlConfigOutput>
{
    private const int IdLength = 32;

    public async ValueTask<Outcome<CreateFunctionUrlConfigOutput>> HandleAsync(
        CreateFunctionUrlConfigInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (FunctionUrls.CheckSupported(input.AuthType, input.InvokeMode, "CreateFunctionUrlConfig") is { } unsupported)
        {
            return unsupported;
        }

        return await functions.Of(parsed.Value).UpdateAsync((input, parsed.Value, context, ids), static (current, batch, state) =>
        {
            var (input, reference, context, ids) = state;
            if (!FunctionTable.Find(current, reference).Succeeded)
            {
                return (Outcome<CreateFunctionUrlConfigOutput>)FunctionUrls.NoFunction;
            }

            if (FunctionUrls.Find(current, reference) is not null)
            {
                return LambdaErrors.ResourceConflictException.With(
                    $"Failed to create function url config for [functionArn = {reference.QualifiedArn}]. Error message:  FunctionUrlConfig exists for this Lambda function");
            }

            var url = new UrlRecord
            {
                Id = ids.NewString(IdLength, RandomIdSource.LowerAlphanumeric),
                Function = reference.Name,
                Qualifier = reference.Qualifier,
                Created = context.Time,
                Modified = context.Time,
                Cors = FunctionUrls.Read(input.Cors),
            };
            FunctionUrls.Put(batch, reference, url);
            return new CreateFunctionUrlConfigOutput
            {
                FunctionUrl = FunctionUrls.Address(reference, url, context),
                FunctionArn = reference.QualifiedArn,
                AuthType = FunctionUrlAuthType.None,
                Cors = FunctionUrls.Show(url.Cors),
                CreationTime = FunctionUrls.Time(url.Created),
                InvokeMode = input.InvokeMode,
            };
        });
    }
}
