using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Integration;

/// <summary>Tells authorization the tags of tables, for <c>aws:ResourceTag</c>.</summary>
internal sealed class TableFacts(TableStore tables) : IResourceFacts
{
    public string Service => "dynamodb";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        var table = TableArn.TryParse(resource.ToString(), out var account, out var region, out var name) ? tables.Find(account, region, name) : null;
        return new(table is null ? ResourceFacts.None : new ResourceFacts(Policy: null, table.Record.Tags));
    }
}
