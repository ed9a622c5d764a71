using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Logs.Contracts;
using Haneul.Logs.Tags;
using Haneul.Storage;

namespace Haneul.Logs.Groups;

/// <summary>Creates a group. <see href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"/></summary>
internal sealed class CreateLogGroup(LogTable logs) : IHandler<CreateLogGroupInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(CreateLogGroupInput input, CallContext context, CancellationToken cancel)
    {
        if (Unsupported(input) is { } refused)
        {
            return LogsErrors.InvalidParameterException.With($"Haneul does not support {refused} of CreateLogGroup yet.");
        }

        if (TagTable.Check(input.Tags, []) is { } error)
        {
            return error;
        }

        var batch = new Batch();
        var key = LogsKeyspace.Key(LogsKeyspace.Groups, input.LogGroupName);
        batch.RequireAbsent(key);
        batch.Put(key, new GroupRecord(context.Time.ToUnixTimeMilliseconds()).Encode());
        TagTable.Put(batch, input.LogGroupName, input.Tags);
        var committed = await logs.Of(context).CommitAsync(batch);
        return committed.Committed ? Unit.Value : Exists;
    }

    private static ServiceError Exists => LogsErrors.ResourceAlreadyExistsException.With("The specified log group already exists");

    private static string? Unsupported(CreateLogGroupInput input) => input switch
    {
        { KmsKeyId: not null } => "kmsKeyId",
        { LogGroupClass: not null and not LogGroupClass.Standard } => "logGroupClass " + input.LogGroupClass,
        { DeletionProtectionEnabled: true } => "deletionProtectionEnabled",
        _ => null,
    };
}
