using System.Text;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Tests.Rest;

/// <summary>Services that keep what they were asked.</summary>
internal sealed class FakeServices : IServiceCalls
{
    public int Status { get; set; } = 200;

    public (string Service, string? Action, string Method, string Path, string Query) Seen { get; private set; }

    public string? Body { get; private set; }

    public string? Region { get; private set; }

    public Principal? Caller { get; private set; }

    public ValueTask<ServiceAnswer> CallAsync(ServiceRequest request, CallContext caller, CancellationToken cancel)
    {
        Seen = (request.Service, request.Action, request.Method, request.Path, request.Query);
        Body = Encoding.UTF8.GetString(request.Body.Span);
        Region = caller.Region.Name;
        Caller = caller.Principal;
        return ValueTask.FromResult(new ServiceAnswer(Status, [new("Content-Type", "application/json")], "answer"u8.ToArray()));
    }
}
