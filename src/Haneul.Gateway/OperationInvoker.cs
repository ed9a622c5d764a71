using Haneul.Gateway.Routing;
using Haneul.Gateway.Stages;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Gateway;

/// <summary>Calls from inside the cloud: validated, authorized and invoked as the calls from outside are.</summary>
internal sealed class OperationInvoker(IServiceProvider services, Authorize authorize) : IOperationInvoker
{
    // Asked for late: services that call others are made while the map is.
    private readonly Lazy<ServiceMap> _map = new(services.GetRequiredService<ServiceMap>);

    public async ValueTask<Outcome<TOutput>> InvokeAsync<TInput, TOutput>(
        Operation<TInput, TOutput> operation, TInput input, CallContext context, CancellationToken cancel)
        where TInput : class, IShape<TInput>
        where TOutput : class, IShape<TOutput>
    {
        if (_map.Value.ById(operation.Service.Id) is not { } service || service.Find(operation.Name) is not { } row)
        {
            return CommonErrors.NotImplemented.With($"Haneul does not support {operation.Service.ServiceId} {operation.Name} yet.");
        }

        var outcome = await InvokeAsync(service, row, input, context, cancel);
        return outcome.Succeeded ? (TOutput)outcome.Value : outcome.Error;
    }

    /// <summary>For inputs whose type is known at run time only.</summary>
    public async ValueTask<Outcome<IShape>> InvokeAsync(ServiceEntry service, OperationRow row, IShape input, CallContext context, CancellationToken cancel)
    {
        if (service.Check(row.Operation, input) is { } violated)
        {
            return violated;
        }

        if (await authorize.CheckAsync(row, input, context, cancel) is { } denied)
        {
            return denied;
        }

        return await row.InvokeAsync(input, context, services, cancel);
    }
}
