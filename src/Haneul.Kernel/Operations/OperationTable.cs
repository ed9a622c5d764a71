using Haneul.Kernel.Shapes;

namespace Haneul.Kernel.Operations;

/// <summary>The rows of one service's module.</summary>
public sealed class OperationTable
{
    private readonly List<OperationRow> _rows = [];

    public IReadOnlyList<OperationRow> Rows => _rows;

    public OperationRow<TInput, TOutput> Map<TInput, TOutput>(Operation<TInput, TOutput> operation)
        where TInput : class, IShape<TInput>
        where TOutput : class, IShape<TOutput>
    {
        if (_rows.Exists(row => row.Operation == operation))
        {
            throw new InvalidOperationException($"{operation} is mapped twice.");
        }

        var row = new OperationRow<TInput, TOutput>(operation);
        _rows.Add(row);
        return row;
    }
}
