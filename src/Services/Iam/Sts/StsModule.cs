using Haneul.Iam.Contracts.Sts;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Iam.Sts;

/// <summary>AWS Security Token Service.</summary>
public sealed class StsModule : IServiceModule
{
    public ServiceModel Model => StsOperations.Model;

    public void Register(IServiceCollection services)
    {
    }

    public void Map(OperationTable operations) =>
        operations.Map(StsOperations.GetCallerIdentity).NeedsNothing().Use<GetCallerIdentity>();
}
