using Haneul.DynamoDb;
using Haneul.Iam.Sts;
using Haneul.Kernel.Operations;
using Haneul.Logs;

namespace Haneul.Host;

/// <summary>The services that this cloud has.</summary>
internal static class Modules
{
    public static IReadOnlyList<IServiceModule> All { get; } = [new DynamoDbModule(), new DynamoDbStreamsModule(), new LogsModule(), new StsModule()];
}
