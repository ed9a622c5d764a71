namespace Haneul.Host.Tests;

public sealed class CompatibilityPageTests
{
    [Fact]
    public void The_page_in_the_documentation_is_the_one_that_the_tables_print() => Assert.Equal(
        CompatibilityPage.Write(Modules.All),
        File.ReadAllText(Path.Combine(Sources.Root, "docs", "compatibility.md")));

    [Fact]
    public void Every_row_is_complete_and_of_its_own_service()
    {
        foreach (var module in Modules.All)
        {
            var table = new Haneul.Kernel.Operations.OperationTable();
            module.Map(table);
            Assert.NotEmpty(table.Rows);
            Assert.All(table.Rows, row => Assert.True(row.IsComplete, row.Operation.ToString()));
            Assert.All(table.Rows, row => Assert.Same(module.Model, row.Operation.Service));
        }
    }
}
