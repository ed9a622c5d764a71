using System.Collections.Frozen;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Kernel.Shapes.Validation;

namespace Haneul.Gateway.Routing;

/// <summary>A service as the gateway addresses it: its model, its rows by name, and its routes.</summary>
internal sealed class ServiceEntry
{
    private readonly FrozenDictionary<string, OperationRow> _rows;
    private readonly FrozenSet<string> _unserved;
    private readonly ErrorShape _validationError;
    private readonly bool _namesInput;

    public ServiceEntry(IServiceModule module)
    {
        Model = module.Model;
        _validationError = module.ValidationError;
        _namesInput = module.NamesInputOfViolations;
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

    public IReadOnlyList<OperationRow> Rows { get; }

    public RestRoutes Routes { get; }

    public OperationRow? Find(string operation) => _rows.GetValueOrDefault(operation);

    /// <summary>What of an input breaks the bounds that the model sets, all violations at once; null if nothing does.</summary>
    public ServiceError? Check(Operation operation, IShape input)
    {
        var root = _namesInput ? char.ToLowerInvariant(operation.Name[0]) + operation.Name[1..] + "Input" : null;
        return Validator.Check(input, root) is { } violations ? _validationError.With(violations) : null;
    }

    /// <summary>AWS has it, this product does not.</summary>
    public bool IsUnserved(string operation) => _unserved.Contains(operation);
}
