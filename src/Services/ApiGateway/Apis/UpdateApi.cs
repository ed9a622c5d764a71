using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Apis;

/// <summary>Changes an API's name, description, version, CORS and default endpoint; what is not given stays.</summary>
internal sealed class UpdateApi(ApiTable apis) : IHandler<UpdateApiRequest, Api>
{
    public async ValueTask<Outcome<Api>> HandleAsync(UpdateApiRequest input, CallContext context, CancellationToken cancel)
    {
        if (CorsRules.Refusal(input.CorsConfiguration) is { } wrong)
        {
            return ApiGatewayV2Errors.BadRequestException.With(wrong);
        }

        var isHttp = ApiTable.Own(apis.Partition, input.ApiId, context).Api.ProtocolType == ProtocolType.Http;
        if (!isHttp && input.RouteSelectionExpression is { } selection && !WebSocketRules.IsSelection(selection))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Invalid route selection expression: " + selection);
        }

        if (!isHttp && input.CorsConfiguration is not null)
        {
            return ApiGatewayV2Errors.BadRequestException.With("CORS configuration is not supported on protocol type WEBSOCKET");
        }

        var refused = Unsupported.First(
            "UpdateApi", ("credentialsArn", input.CredentialsArn is not null), ("routeKey", input.RouteKey is not null), ("target", input.Target is not null),
            ("disableSchemaValidation", input.DisableSchemaValidation == true && isHttp), ("ipAddressType dualstack", input.IpAddressType == IpAddressType.Dualstack),
            ("routeSelectionExpression", isHttp && input.RouteSelectionExpression is not (null or "$request.method $request.path")),
            ("apiKeySelectionExpression", input.ApiKeySelectionExpression is not (null or "$request.header.x-api-key")));
        if (refused is not null)
        {
            return refused;
        }

        var api = await ChangeAsync(apis, input.ApiId, context, api => ApiView.Copy(api, update: input));
        return ApiView.Of(api, context);
    }

    /// <summary>Replaces an API by what <paramref name="change"/> makes of it.</summary>
    internal static ValueTask<Api> ChangeAsync(ApiTable apis, string apiId, CallContext context, Func<Api, Api> change) =>
        apis.Partition.UpdateAsync((apiId, context, change), static (current, batch, state) =>
        {
            var record = ApiTable.Own(current, state.apiId, state.context);
            var changed = record with { Api = state.change(record.Api) };
            batch.Put(
                ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, state.apiId), StoredJson.Encode(changed, ApiGatewayRecords.Default.ApiRecord));
            return changed.Api;
        });
}
