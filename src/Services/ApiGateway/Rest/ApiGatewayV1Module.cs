using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.ApiGateway.Rest;

/// <summary>Amazon API Gateway: REST APIs.</summary>
public sealed class ApiGatewayV1Module : IServiceModule
{
    public ServiceModel Model => ApiGatewayV1Operations.Model;

    public ErrorShape ValidationError => ApiGatewayV1Errors.BadRequestException;

    public IReadOnlyList<string> Differences => [];

    public void Register(IServiceCollection services) => services.AddSingleton<RestTable>().AddRestApis();

    public void Map(OperationTable operations)
    {
    }
}
