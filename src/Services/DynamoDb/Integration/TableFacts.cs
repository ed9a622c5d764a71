using Haneul.DynamoDb.Tables;
using Haneul.Kernel.Identity;

namespace Haneul.DynamoDb.Integration;

/// <summary>Tells authorization the policies and tags of tables, their indexes and their streams.</summary>
internal sealed class TableFacts(TableStore tables) : IResourceFacts
{
    public string Service => "dynamodb";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        if (!TableArn.TryParse(resource, out var account, out var region, out var name) || tables.Find(account, region, name) is not { } table)
        {
            return new(ResourceFacts.None);
        }

        var ofStream = resource.Resource.Contains("/stream/", StringComparison.Ordinal);
        return new(new ResourceFacts(ofStream ? table.StreamPolicy : table.Policy, table.Record.Tags));
    }
}
