using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Errors;

namespace Haneul.ApiGateway.Models;

/// <summary>
/// What a model may be. <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html"/>
/// </summary>
internal static class ModelRules
{
    private const int MaxSchema = 32 * 1024;

    public static ServiceError? Refusal(Model model, string protocol, ApiParts parts)
    {
        if (protocol == ProtocolType.Http)
        {
            return ApiGatewayV2Errors.BadRequestException.With("Models are not supported on protocol type HTTP");
        }

        if (model.Name.Length is 0 or > 255 || !model.Name.All(char.IsAsciiLetterOrDigit))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Model name must be alphanumeric: " + model.Name);
        }

        if (!IsSchema(model.SchemaValue))
        {
            return ApiGatewayV2Errors.BadRequestException.With("Model schema must have valid json format");
        }

        return parts.Models.Exists(other => other.Name == model.Name && other.ModelId != model.ModelId)
            ? ApiGatewayV2Errors.ConflictException.With($"Model name already exists for this API: {model.Name}")
            : null;
    }

    public static ServiceException Missing(string modelId) =>
        ApiGatewayV2Errors.NotFoundException.With($"Invalid Model identifier specified {modelId}").ToException();

    private static bool IsSchema(string? text)
    {
        if (text is null || text.Length > MaxSchema)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
