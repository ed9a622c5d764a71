using Haneul.DynamoDb.Contracts;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.DynamoDb.Tables;

/// <summary>
/// Where to send requests: to where this one came.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html"/>
/// </summary>
internal sealed class DescribeEndpoints : IHandler<DescribeEndpointsInput, DescribeEndpointsOutput>
{
    public ValueTask<Outcome<DescribeEndpointsOutput>> HandleAsync(
        DescribeEndpointsInput input, CallContext context, CancellationToken cancel) => new(new DescribeEndpointsOutput
        {
            Endpoints = [new Endpoint { Address = new Uri(context.Endpoint).Authority, CachePeriodInMinutes = 1440 }],
        });
}
