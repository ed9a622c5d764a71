using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Deployments;
using Haneul.ApiGateway.Integrations;
using Haneul.ApiGateway.Routes;
using Haneul.ApiGateway.Stages;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.ApiGateway.Apis;

/// <summary>
/// Creates an HTTP API; with a target also an integration, a catch-all route and a default stage (quick create).
/// <see href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html"/>
/// </summary>
internal sealed class CreateApi(ApiTable apis, IIdSource ids) : IHandler<CreateApiRequest, Api>
{
    /// <summary>The tag that chooses the id, for scripts that want the same one every time.</summary>
    private const string CustomIdTag = "_custom_id_";

    public async ValueTask<Outcome<Api>> HandleAsync(CreateApiRequest input, CallContext context, CancellationToken cancel)
    {
        if (Refuse(input) is { } refused)
        {
            return refused;
        }

        var created = await apis.Partition.UpdateAsync((input, context, ids), static (current, batch, state) =>
            Create(current, batch, state.input, state.context, state.ids));
        return created.Succeeded ? ApiView.Of(created.Value, context) : created.Error;
    }

    /// <summary>The id that the tags choose; null if they do not.</summary>
    internal static string? CustomId(IReadOnlyDictionary<string, string>? tags) => tags?.GetValueOrDefault(CustomIdTag);

    /// <summary>Why the id that the tags choose cannot be; null if it can.</summary>
    internal static string? WrongId(IReadOnlyDictionary<string, string>? tags) =>
        CustomId(tags) is { } custom && !(custom.Length is > 0 and <= 63 && custom.All(char.IsAsciiLetterOrDigit))
            ? $"The tag {CustomIdTag} takes letters and digits."
            : null;

    private static Outcome<Api> Create(IPartitionReader current, Batch batch, CreateApiRequest input, CallContext context, IIdSource ids)
    {
        var id = CustomId(input.Tags) ?? ids.NewString(10, RandomIdSource.LowerAlphanumeric);
        if (ApiTable.Find(current, id) is not null)
        {
            return ApiGatewayV2Errors.ConflictException.With($"An API with the id {id} already exists.");
        }

        var api = new Api
        {
            ApiId = id,
            Name = input.Name,
            ProtocolType = input.ProtocolType,
            RouteSelectionExpression = input.ProtocolType == ProtocolType.Http ? "$request.method $request.path" : input.RouteSelectionExpression!,
            ApiKeySelectionExpression = "$request.header.x-api-key",
            DisableSchemaValidation = input.DisableSchemaValidation,
            CorsConfiguration = input.CorsConfiguration,
            CreatedDate = context.Time,
            Description = input.Description,
            DisableExecuteApiEndpoint = input.DisableExecuteApiEndpoint ?? false,
            IpAddressType = IpAddressType.Ipv4,
            Tags = input.Tags,
            Version = input.Version,
        };
        batch.Put(
            ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Apis, id),
            StoredJson.Encode(new ApiRecord(context.Account.Value, context.Region.Name, api), ApiGatewayRecords.Default.ApiRecord));
        batch.Put(ApiGatewayKeyspace.Key(ApiGatewayKeyspace.Regions, context.Account.Value, context.Region.Name, id), []);
        if (input.Target is { } target)
        {
            QuickCreate(batch, id, target, input.RouteKey ?? RouteKey.Default, context, ids);
        }

        return api;
    }

    private static void QuickCreate(Batch batch, string apiId, string target, string routeKey, CallContext context, IIdSource ids)
    {
        var integration = IntegrationRules.Managed(ids.NewString(7, RandomIdSource.LowerAlphanumeric), target);
        var route = new Route
        {
            ApiGatewayManaged = true,
            ApiKeyRequired = false,
            AuthorizationType = AuthorizationType.None,
            RouteId = ids.NewString(7, RandomIdSource.LowerAlphanumeric),
            RouteKey = routeKey,
            Target = "integrations/" + integration.IntegrationId,
        };
        var stage = StageRules.Managed(RouteKey.Default, context.Time);
        PutRoute.Into(batch, apiId, route);
        PutIntegration.Into(batch, apiId, integration);
        AutoDeploy.Into(batch, apiId, new ApiParts { Stages = [stage], Routes = [route], Integrations = [integration] }, context.Time, ids);
    }

    private static ServiceError? Refuse(CreateApiRequest input)
    {
        if (input.ProtocolType is not (ProtocolType.Http or ProtocolType.Websocket))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]");
        }

        if (input.ProtocolType == ProtocolType.Websocket && WebSocketRules.Refusal(input) is { } wrongSocket)
        {
            return ApiGatewayV2Errors.BadRequestException.With(wrongSocket);
        }

        if (input.Name.Length is 0 or > 128)
        {
            return ApiGatewayV2Errors.BadRequestException.With("Name must be between 1 and 128 characters.");
        }

        if (WrongId(input.Tags) is { } wrongId)
        {
            return ApiGatewayV2Errors.BadRequestException.With(wrongId);
        }

        if (CorsRules.Refusal(input.CorsConfiguration) is { } wrong)
        {
            return ApiGatewayV2Errors.BadRequestException.With(wrong);
        }

        if (input.Target is not null && FunctionUri.Parse(input.Target) is null && !IntegrationRules.IsHttpUri(input.Target))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Invalid integration URI specified. A target is the ARN of a Lambda function or an HTTP endpoint.");
        }

        if (input.RouteKey is not null && (input.Target is null || !RouteKey.TryParse(input.RouteKey, out _)))
        {
            return ApiGatewayV2Errors.BadRequestException.With(input.Target is null ? "Target is required when a route key is specified." : RouteKey.Malformed);
        }

        return Unsupported.First(
            "CreateApi", ("credentialsArn", input.CredentialsArn is not null),
            ("apiKeySelectionExpression", input.ApiKeySelectionExpression is not (null or "$request.header.x-api-key")),
            ("disableSchemaValidation", input.DisableSchemaValidation == true && input.ProtocolType == ProtocolType.Http),
            ("ipAddressType dualstack", input.IpAddressType == IpAddressType.Dualstack));
    }
}
