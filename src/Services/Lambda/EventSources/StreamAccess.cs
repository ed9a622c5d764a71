using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda.EventSources;

/// <summary>Finds who reads a stream, and whether its function's role may.</summary>
internal sealed class StreamAccess(IServiceProvider services, ExecutionRoles roles)
{
    // Asked for late: the sources are other modules, and may be absent.
    private readonly Lazy<IRecordStreams[]> _sources = new(() => [.. services.GetServices<IRecordStreams>()]);

    public IRecordStreams? Find(string streamArn) => Array.Find(_sources.Value, source => source.Has(streamArn));

    /// <summary>Tries each call that a poller makes, as the function's role.</summary>
    public async ValueTask<ServiceError?> CheckAsync(
        IRecordStreams source, string streamArn, FunctionReference function, VersionRecord version, CallContext context,
        CancellationToken cancel)
    {
        var reader = roles.Context(function, await roles.IssueAsync(version.Role, function, context, cancel));
        var checkedCalls = await source.CheckAsync(streamArn, reader, cancel);
        if (checkedCalls.Succeeded)
        {
            return null;
        }

        return checkedCalls.Error.Shape.Code.StartsWith("AccessDenied", StringComparison.Ordinal)
            ? LambdaErrors.InvalidParameterValueException.With(
                $"Cannot access stream {streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, "
                + "and ListStreams Actions on your stream in IAM.")
            : LambdaErrors.InvalidParameterValueException.With("Stream not found: " + streamArn);
    }
}
