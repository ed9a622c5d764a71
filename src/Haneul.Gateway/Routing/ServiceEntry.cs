using System.Collections.Frozen;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;

namespace Haneul.Gateway.Routing;

/// <summary>A service as the gateway addresses it: its model, its rows by name, and its routes.</summary>
internal sealed class ServiceEntry
{
    private readonly FrozenDictionary<string, OperationRow> _rows;
    private readonly FrozenSet<string> _unserved;

    public ServiceEntry(IServiceModule module)
    {
        Model = module.Model;
        ValidationError = module.ValidationError;
        var table = new OperationTable();
        module.Map(table);
        foreach (var row in table.Rows)
        {
            if (!row.IsComplete)
            {
                throw new InvalidOperationException($"{row.Operation} has a row without permission or handler.");
            }
        }

        Rows = table.Rows;
        _rows = table.Rows.ToFrozenDictionary(row => row.Operation.Name, StringComparer.Ordinal);
        var mapped = _rows.Keys;
        var missing = Model.Operations.Where(operation => !mapped.Contains(operation.Name)).Select(operation => operation.Name);
        _unserved = Model.Unserved.Select(operation => operation.Name).Concat(missing).ToFrozenSet(StringComparer.Ordinal);
        Routes = new RestRoutes(Model);
    }

    public ServiceModel Model { get; }

    public ErrorShape ValidationError { get; }

    public IReadOnlyList<OperationRow> Rows { get; }

    public RestRoutes Routes { get; }

    public OperationRow? Find(string operation) => _rows.GetValueOrDefault(operation);

    /// <summary>AWS has it, this product does not.</summary>
    public bool IsUnserved(string operation) => _unserved.Contains(operation);
}
