using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Rest.Patches;

/// <summary>
/// What PATCH of one kind of resource takes: paths with their operations, and what each does. Paths are JSON pointers, in which <c>{}</c> stands
/// for a name; <c>~1</c> is a slash and <c>~0</c> a tilde inside of a name.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html"/>
/// </summary>
internal sealed class PatchTable<T>(PatchWords words)
{
    private static readonly string[] s_known = ["add", "remove", "replace", "move", "copy", "test"];

    private readonly List<Row> _rows = [];

    /// <param name="path">The path.</param>
    /// <param name="operations">What it takes, in the order in which AWS names them, separated by a blank.</param>
    /// <param name="apply">Changes the resource.</param>
    public PatchTable<T> On(string path, string operations, Action<T, PatchStep> apply)
    {
        _rows.Add(new Row(path, path[1..].Split('/'), operations.Split(' '), apply));
        return this;
    }

    /// <summary>Applies all operations in their order.</summary>
    /// <exception cref="ServiceException">One of them cannot be applied; what the others changed is not to be stored.</exception>
    public void Apply(T target, IReadOnlyList<PatchOperation>? operations)
    {
        foreach (var operation in operations ?? [])
        {
            var (row, step) = Find(operation);
            row.Apply(target, step);
        }
    }

    private (Row Row, PatchStep Step) Find(PatchOperation operation)
    {
        var op = operation.Op ?? "";
        Row? near = null;
        foreach (var row in _rows)
        {
            if (operation.Path is { } path && Match(row.Parts, path) is { } names)
            {
                if (row.Operations.Contains(op))
                {
                    return (row, new PatchStep(op, path, operation.Value, operation.From, names));
                }

                near ??= row;
            }
        }

        throw Refuse(op, operation.Path, near);
    }

    private ServiceException Refuse(string op, string? path, Row? near)
    {
        if (words == PatchWords.Listed)
        {
            var paths = _rows.Where(row => row.Operations.Contains(op)).Select(row => row.Path).ToList();
            var hint = paths.Count == 0 ? "Please choose supported operations" : $"Must be one of: [{string.Join(", ", paths)}]";
            return RestFaults.BadRequest($"Invalid patch path  '{path ?? "null"}' specified for op '{op}'. {hint}");
        }

        return near is not null && words == PatchWords.Plain && s_known.Contains(op)
            ? RestFaults.BadRequest($"Invalid patch operation specified. Must be one of: [{string.Join(", ", near.Operations)}]")
            : RestFaults.BadRequest($"Invalid patch path {path ?? "null"}");
    }

    private static List<string>? Match(string[] parts, string path)
    {
        if (!path.StartsWith('/'))
        {
            return null;
        }

        var given = path[1..].Split('/');
        if (given.Length != parts.Length)
        {
            return null;
        }

        var names = new List<string>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith('{') && given[i].Length > 0)
            {
                names.Add(given[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
            }
            else if (parts[i] != given[i])
            {
                return null;
            }
        }

        return names;
    }

    private sealed record Row(string Path, string[] Parts, string[] Operations, Action<T, PatchStep> Apply);
}
