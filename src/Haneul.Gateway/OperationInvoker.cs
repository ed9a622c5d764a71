using Haneul.Gateway.Stages;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes.Validation;

namespace Haneul.Gateway;

/// <summary>Calls from inside the cloud: validated, authorized and invoked as the calls from outside are.</summary>
public sealed class OperationInvoker(IEnumerable<IServiceModule> modules, IServiceProvider services) : IOperationInvoker
{
    // Filled on first use, since handlers that call others are made while the container is.
    private readonly Lazy<Dictionary<Operation, OperationRow>> _rows = new(() => modules.SelectMany(module =>
    {
        var table = new OperationTable();
        module.Map(table);
        return table.Rows;
    }).ToDictionary(row => row.Operation));

    public async ValueTask<Outcome<TOutput>> InvokeAsync<TInput, TOutput>(
        Operation<TInput, TOutput> operation, TInput input, CallContext context, CancellationToken cancel)
        where TInput : class, Kernel.Shapes.IShape<TInput>
        where TOutput : class, Kernel.Shapes.IShape<TOutput>
    {
        if (!_rows.Value.TryGetValue(operation, out var row))
        {
            return CommonErrors.NotImplemented.With($"Haneul does not support {operation.Service.ServiceId} {operation.Name} yet.");
        }

        if (Validator.Check(input) is { } violations)
        {
            return CommonErrors.ValidationException.With(violations);
        }

        if (Authorize.Check(row, input, context) is { } denied)
        {
            return denied;
        }

        var outcome = await row.InvokeAsync(input, context, services, cancel);
        return outcome.Succeeded ? (TOutput)outcome.Value : outcome.Error;
    }
}
