using Haneul.DynamoDb.Tables;
using Haneul.Integration.Metrics;

namespace Haneul.DynamoDb.Metrics;

/// <summary>Reports each minute what tables and indexes are provisioned with, or limited to on demand.</summary>
internal sealed class CapacityGauges(TableStore tables) : IMetricSource
{
    public void Measure()
    {
        foreach (var (account, region) in tables.Catalogs)
        {
            foreach (var record in tables.Records(account, region))
            {
                tables.Make(account, region, record).Meters.Measure(record);
            }
        }
    }
}
