using Haneul.Kernel.Identity;

namespace Haneul.Compute.Environments;

/// <summary>Takes the log of one execution environment, line by line.</summary>
public interface IFunctionLog
{
    /// <summary>Takes a line; returns at once.</summary>
    void Write(DateTimeOffset time, string line);
}

/// <summary>Opens the logs of execution environments.</summary>
public interface IFunctionLogs
{
    /// <param name="spec">The function.</param>
    /// <param name="stream">The name of the environment's log stream.</param>
    /// <param name="writer">The function's own credentials, if it has any.</param>
    IFunctionLog Open(FunctionSpec spec, string stream, Credential? writer);
}
