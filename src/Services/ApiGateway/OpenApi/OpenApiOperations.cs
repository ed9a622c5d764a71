using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>The operations that read and write HTTP APIs as OpenAPI documents.</summary>
internal static class OpenApiOperations
{
    public static void Map(OperationTable operations)
    {
        operations.Map(ApiGatewayV2Operations.ImportApi)
            .Needs("apigateway:PUT", (_, context) => ApiArn.Of(context, "/apis")).Use<ImportApi>();
        operations.Map(ApiGatewayV2Operations.ReimportApi)
            .Needs("apigateway:PUT", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}")).Use<ReimportApi>();
        operations.Map(ApiGatewayV2Operations.ExportApi)
            .Needs("apigateway:GET", (input, context) => ApiArn.Of(context, $"/apis/{input.ApiId}/exports/{input.Specification}"))
            .Use<ExportApi>();
    }
}
