using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest;

/// <summary>
/// What a request asks for, as policies can make it a condition.
/// <see href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html"/>
/// </summary>
internal static class ConditionKeys
{
    private const string Head = "apigateway:Request/";

    public static void OfApi(CreateRestApiInput input, Authorization authorization)
    {
        authorization.Key(Head + "ApiName", input.Name);
        authorization.Key(Head + "EndpointType", input.EndpointConfiguration?.Types ?? [EndpointType.Edge]);
        authorization.Key(Head + "DisableExecuteApiEndpoint", Text(input.DisableExecuteApiEndpoint));
        authorization.Key(Head + "SecurityPolicy", input.SecurityPolicy);
    }

    public static void OfMethod(PutMethodInput input, Authorization authorization)
    {
        authorization.Key(Head + "ApiKeyRequired", Text(input.ApiKeyRequired));
        authorization.Key(Head + "RouteAuthorizationType", input.AuthorizationType);
    }

    public static void OfAuthorizer(CreateAuthorizerInput input, Authorization authorization)
    {
        authorization.Key(Head + "AuthorizerType", input.Type);
        authorization.Key(Head + "AuthorizerUri", input.AuthorizerUri);
    }

    private static string Text(bool? flag) => flag == true ? "true" : "false";
}
