using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Tests;

/// <summary>Functions that keep the events they are sent.</summary>
internal sealed class FakeFunctions : IFunctions
{
    public List<(string Function, JsonElement Event, CallContext Origin)> Sent { get; } = [];

    public ServiceError? Error { get; set; }

    public ValueTask<Outcome<FunctionResult>> InvokeAsync(
        string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel) =>
        throw new NotSupportedException("Alarms do not wait for functions.");

    public ValueTask<Outcome<Unit>> SendAsync(string functionArn, ReadOnlyMemory<byte> payload, CallContext origin, CancellationToken cancel)
    {
        lock (Sent)
        {
            Sent.Add((functionArn, JsonDocument.Parse(payload).RootElement.Clone(), origin));
        }

        return new(Error is null ? Unit.Value : Error);
    }
}
