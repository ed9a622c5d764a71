using System.Threading.Channels;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Tests;

/// <summary>Log groups that keep what was written.</summary>
internal sealed class FakeLogs : ILogSink
{
    private readonly Channel<(string Group, string Stream, string Line)> _lines = Channel.CreateUnbounded<(string, string, string)>();

    /// <summary>Waits for the next line.</summary>
    public ValueTask<(string Group, string Stream, string Line)> NextAsync() => _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask<Outcome<Unit>> WriteAsync(
        string group, string stream, IReadOnlyList<LogLine> lines, CallContext writer, CancellationToken cancel)
    {
        foreach (var line in lines)
        {
            _lines.Writer.TryWrite((group, stream, line.Message));
        }

        return new(Unit.Value);
    }
}
