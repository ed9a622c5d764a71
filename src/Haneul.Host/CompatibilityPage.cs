using System.Globalization;
using System.Text;
using Haneul.Kernel.Operations;

namespace Haneul.Host;

/// <summary>What is served of each service and what differs, written from the modules' tables: <c>haneul compatibility</c>.</summary>
internal static class CompatibilityPage
{
    public static string Write(IEnumerable<IServiceModule> modules)
    {
        var tables = modules.Select(module =>
        {
            var table = new OperationTable();
            module.Map(table);
            return (Module: module, table.Rows);
        }).OrderBy(pair => pair.Module.Model.ServiceId, StringComparer.OrdinalIgnoreCase).ToList();
        var page = new StringBuilder();
        page.Append("# What is served\n\nPrinted by `haneul compatibility` from the tables that requests are dispatched by. An operation that is not served answers\n");
        page.Append("`NotImplemented` with its name; a parameter without an effect yet is refused by name.\n\n| service | operations served | of |\n|---|---|---|\n");
        foreach (var (module, rows) in tables)
        {
            var model = module.Model;
            var anchor = model.ServiceId.ToLowerInvariant().Replace(' ', '-');
            page.Append(CultureInfo.InvariantCulture, $"| [{model.ServiceId}](#{anchor}) | {rows.Count} | {rows.Count + Missing(module, rows).Count} |\n");
        }

        foreach (var (module, rows) in tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {module.Model.ServiceId}\n\n| operation | permission |\n|---|---|\n");
            foreach (var row in rows.OrderBy(row => row.Operation.Name, StringComparer.Ordinal))
            {
                var actions = row.Actions.Count == 0 ? "none" : string.Join(", ", row.Actions.Distinct().Select(action => $"`{action}`"));
                page.Append(CultureInfo.InvariantCulture, $"| {row.Operation.Name} | {actions} |\n");
            }

            if (module.Differences.Count > 0)
            {
                page.Append("\nWhat differs from AWS:\n\n");
                foreach (var difference in module.Differences)
                {
                    page.Append("- ").Append(difference).Append('\n');
                }
            }

            if (Missing(module, rows) is { Count: > 0 } missing)
            {
                page.Append("\nNot served: ").AppendJoin(", ", missing).Append(".\n");
            }
        }

        return page.ToString();
    }

    private static List<string> Missing(IServiceModule module, IReadOnlyList<OperationRow> rows)
    {
        var served = rows.Select(row => row.Operation.Name).ToHashSet(StringComparer.Ordinal);
        return [.. module.Model.Unserved.Select(operation => operation.Name)
            .Concat(module.Model.Operations.Select(operation => operation.Name))
            .Where(name => !served.Contains(name)).Order(StringComparer.Ordinal)];
    }
}
