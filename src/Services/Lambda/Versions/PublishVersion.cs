using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Versions;

/// <summary>Publishes what <c>$LATEST</c> is. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html"/></summary>
internal sealed class PublishVersion(FunctionTable functions, IIdSource ids) : IHandler<PublishVersionInput, FunctionConfiguration>
{
    public async ValueTask<Outcome<FunctionConfiguration>> HandleAsync(PublishVersionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, qualifier: null, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (input.PublishTo is not null)
        {
            return ConfigurationRules.Unsupported("PublishTo", "PublishVersion");
        }

        var reference = parsed.Value with { Qualifier = null };
        return await functions.Of(reference).UpdateAsync((input, reference, ids), static (current, batch, state) =>
        {
            var (input, reference, ids) = state;
            if (FunctionTable.Function(current, reference.Name) is not { } function
                || FunctionTable.Version(current, reference.Name, FunctionReference.Latest) is not { } latest)
            {
                return (Outcome<FunctionConfiguration>)reference.NotFound();
            }

            if (input.RevisionId is { } revision && revision != latest.RevisionId)
            {
                return FunctionTable.StaleRevision;
            }

            if (input.CodeSha256 is { Length: > 0 } sha && sha != latest.CodeSha256)
            {
                return LambdaErrors.InvalidParameterValueException.With(
                    $"CodeSHA256 ({sha}) is different from current CodeSHA256 in $LATEST ({latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.");
            }

            return Publication.Publish(batch, current, reference, function, latest with { Description = input.Description ?? latest.Description }, ids);
        });
    }
}
