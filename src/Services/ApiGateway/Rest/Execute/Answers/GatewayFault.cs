namespace Haneul.ApiGateway.Rest.Execute.Answers;

/// <summary>
/// Why API Gateway answers a request itself: the type of gateway response, which the owner may have changed, and what it says by default.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"/>
/// </summary>
/// <param name="Type">Such as <c>ACCESS_DENIED</c>.</param>
/// <param name="Status">HTTP status by default.</param>
/// <param name="ErrorType">The value of <c>x-amzn-ErrorType</c>.</param>
/// <param name="Message">The text; null is JSON's null.</param>
internal sealed record GatewayFault(string Type, int Status, string ErrorType, string? Message)
{
    /// <summary>
    /// How the default body is written. The front of API Gateway writes <c>{"message":"x"}</c>, its engine <c>{"message": "x"}</c>, and policies answer
    /// with a capital letter: clients and tests compare the bytes.
    /// </summary>
    public string Head { get; init; } = "{\"message\":";

    /// <summary>What is wrong with the request's body, for <c>$context.error.validationErrorString</c>.</summary>
    public string? ValidationError { get; init; }

    public static GatewayFault MissingAuthenticationToken { get; } =
        new("MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    public static GatewayFault Forbidden { get; } = new("INVALID_API_KEY", 403, "ForbiddenException", "Forbidden");

    public static GatewayFault RequestTooLarge { get; } = new("REQUEST_TOO_LARGE", 413, "RequestTooLargeException", "Request Too Long");

    public static GatewayFault Throttled { get; } = new("THROTTLED", 429, "TooManyRequestsException", "Too Many Requests");

    public static GatewayFault QuotaExceeded { get; } = new("QUOTA_EXCEEDED", 429, "LimitExceededException", "Limit Exceeded");

    public static GatewayFault Unauthorized { get; } = new("UNAUTHORIZED", 401, "UnauthorizedException", "Unauthorized");

    public static GatewayFault UnsupportedMediaType { get; } = Engine("UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", "Unsupported Media Type");

    public static GatewayFault Timeout { get; } = Engine("INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", "Endpoint request timed out");

    /// <summary>The integration cannot work as it was written.</summary>
    public static GatewayFault Configuration { get; } = Engine("API_CONFIGURATION_ERROR", 500, "InternalServerErrorException", "Internal server error");

    /// <summary>The endpoint could not be asked, or what it said has not the form that it must have.</summary>
    public static GatewayFault BadGateway { get; } = Engine("DEFAULT_5XX", 502, "InternalServerErrorException", "Internal server error");

    public static GatewayFault IntegrationFailure { get; } = Engine("INTEGRATION_FAILURE", 504, "InternalServerErrorException", "Network error communicating with endpoint");

    public static GatewayFault Internal { get; } = Engine("DEFAULT_5XX", 500, "InternalServerErrorException", "Internal server error");

    public static GatewayFault AuthorizerConfiguration { get; } =
        new("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", null);

    public static GatewayFault AuthorizerFailure { get; } = new("AUTHORIZER_FAILURE", 500, "InternalServerErrorException", null);

    public static GatewayFault BadRequest(string message) => new("DEFAULT_4XX", 400, "BadRequestException", message);

    public static GatewayFault BadParameters(string message) => Engine("BAD_REQUEST_PARAMETERS", 400, "BadRequestException", message);

    /// <param name="why">What the model does not allow.</param>
    public static GatewayFault BadBody(string why) =>
        Engine("BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body") with { ValidationError = why };

    public static GatewayFault AccessDenied(string message) =>
        new("ACCESS_DENIED", 403, "AccessDeniedException", message) { Head = "{\"Message\":" };

    private static GatewayFault Engine(string type, int status, string errorType, string message) =>
        new(type, status, errorType, message) { Head = "{\"message\": " };
}
