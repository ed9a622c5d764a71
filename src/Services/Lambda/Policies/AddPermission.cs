using System.Text;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;

namespace Haneul.Lambda.Policies;

/// <summary>Lets somebody else use a function. <see href="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"/></summary>
internal sealed class AddPermission(FunctionTable functions, IIdSource ids) : IHandler<AddPermissionInput, AddPermissionOutput>
{
    private const int MaxPolicy = 20_480;

    public async ValueTask<Outcome<AddPermissionOutput>> HandleAsync(AddPermissionInput input, CallContext context, CancellationToken cancel)
    {
        var parsed = FunctionReference.Parse(input.FunctionName, input.Qualifier, context);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var reference = parsed.Value;
        if (reference.Qualifier == FunctionReference.Latest)
        {
            return LambdaErrors.InvalidParameterValueException.With("We currently do not support adding policies for $LATEST.");
        }

        return await functions.Of(reference).UpdateAsync((input, reference, ids), static (current, batch, state) =>
        {
            var (input, reference, ids) = state;
            if (PolicyTable.Missing(current, reference) is { } missing)
            {
                return (Outcome<AddPermissionOutput>)missing;
            }

            if (PolicyStatement.Write(input, reference.QualifiedArn) is not { } statement)
            {
                return LambdaErrors.InvalidParameterValueException.With("The provided principal was invalid. Please check the principal and try again.");
            }

            var policy = PolicyTable.Find(current, reference);
            if (input.RevisionId is { } revision && revision != policy?.RevisionId)
            {
                return PolicyTable.StaleRevision;
            }

            if (policy?.Statements.Any(known => known.Id == input.StatementId) == true)
            {
                return LambdaErrors.ResourceConflictException.With(
                    $"The statement id ({input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.");
            }

            var changed = new PolicyRecord
            {
                Statements = [.. policy?.Statements ?? [], new StatementRecord { Id = input.StatementId, Json = statement }],
                RevisionId = ids.NewUuid(),
            };
            if (Encoding.UTF8.GetByteCount(PolicyTable.Document(changed)) > MaxPolicy)
            {
                return LambdaErrors.PolicyLengthExceededException.With("The final policy size is bigger than the limit (20480).");
            }

            batch.Put(PolicyTable.Key(reference), Stored.Encode(changed, RecordJson.Default.PolicyRecord));
            return new AddPermissionOutput { Statement = statement };
        });
    }
}
