using Haneul.Acm;
using Haneul.ApiGateway;
using Haneul.ApiGateway.Rest;
using Haneul.AutoScaling;
using Haneul.CloudWatch;
using Haneul.DynamoDb;
using Haneul.Iam;
using Haneul.Iam.Sts;
using Haneul.Kernel.Operations;
using Haneul.Lambda;
using Haneul.Logs;

namespace Haneul.Host;

/// <summary>The services that this cloud has.</summary>
internal static class Modules
{
    public static IReadOnlyList<IServiceModule> All { get; } =
    [
        new AcmModule(),
        new ApiGatewayV1Module(),
        new ApiGatewayV2Module(),
        new AutoScalingModule(),
        new CloudWatchModule(),
        new DynamoDbModule(),
        new DynamoDbStreamsModule(),
        new IamModule(),
        new LambdaModule(),
        new LogsModule(),
        new StsModule(),
    ];
}
