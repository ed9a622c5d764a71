using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Integration;

/// <summary>Takes log lines from other services. Implemented by CloudWatch Logs.</summary>
public interface ILogSink
{
    /// <summary>Appends lines in order; makes the group and the stream when they are absent.</summary>
    /// <param name="group">The log group's name.</param>
    /// <param name="stream">The log stream's name.</param>
    /// <param name="lines">In order of time; of any number and size.</param>
    /// <param name="writer">Who writes, such as a function's role session: needs the permissions of the calls this makes.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<Outcome<Unit>> WriteAsync(string group, string stream, IReadOnlyList<LogLine> lines, CallContext writer, CancellationToken cancel);
}

public readonly record struct LogLine(DateTimeOffset Time, string Message);
