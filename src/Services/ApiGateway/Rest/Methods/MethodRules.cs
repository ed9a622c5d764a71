using Haneul.ApiGateway.Contracts.V1;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>
/// What a method may ask of a request, and which parts of its API it may name.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html"/>
/// </summary>
internal static class MethodRules
{
    public const string None = "NONE";
    public const string Iam = "AWS_IAM";
    public const string Custom = "CUSTOM";
    public const string Cognito = "COGNITO_USER_POOLS";

    private static readonly string[] s_methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"];

    private static readonly string[] s_places =
    [
        "method.request.querystring.", "method.request.header.", "method.request.path.", "method.request.multivaluequerystring.",
        "method.request.multivalueheader.",
    ];

    public static void CheckHttpMethod(string method)
    {
        if (!s_methods.Contains(method))
        {
            throw RestFaults.BadRequest("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
        }
    }

    /// <summary>Checks a method as a whole, with what it names in its API.</summary>
    public static void Check(IPartitionReader reader, string apiId, Method method)
    {
        CheckAuthorization(reader, apiId, method);
        if (method.RequestValidatorId is { } validator
            && StoredJson.Read(
                reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestValidators, apiId, validator), RestRecords.Default.RequestValidator) is null)
        {
            throw RestFaults.BadRequest("Invalid Request Validator identifier specified");
        }

        CheckParameters(method.RequestParameters);
        CheckModels(reader, apiId, method.RequestModels);
    }

    public static void CheckModels(IPartitionReader reader, string apiId, IReadOnlyDictionary<string, string>? models)
    {
        foreach (var (_, name) in models ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrEmpty(name)
                || StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestModels, apiId, name), RestRecords.Default.Model) is null)
            {
                throw RestFaults.BadRequest($"Invalid model identifier specified: {(string.IsNullOrEmpty(name) ? "null" : name)}");
            }
        }
    }

    private static void CheckAuthorization(IPartitionReader reader, string apiId, Method method)
    {
        switch (method.AuthorizationType)
        {
            case None or Iam:
                method.AuthorizerId = null;
                method.AuthorizationScopes = method.AuthorizationScopes is { Count: > 0 } ? method.AuthorizationScopes : null;
                break;
            case Custom or Cognito:
                var authorizer = method.AuthorizerId is { Length: > 0 } id
                    ? StoredJson.Read(reader, ApiGatewayKeyspace.Key(ApiGatewayKeyspace.RestAuthorizers, apiId, id), RestRecords.Default.Authorizer)
                    : null;
                if (authorizer is null || authorizer.Type == AuthorizerType.CognitoUserPools != (method.AuthorizationType == Cognito))
                {
                    throw RestFaults.BadRequest(
                        "Invalid authorizer ID specified. "
                        + "Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.");
                }

                break;
            default:
                throw RestFaults.BadRequest(
                    $"Invalid authorization type specified. Must be one of: [{None}, {Iam}, {Custom}, {Cognito}]");
        }
    }

    public static void CheckParameters(IReadOnlyDictionary<string, bool>? parameters)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expression in parameters?.Keys ?? [])
        {
            var place = Array.Find(s_places, place => expression.StartsWith(place, StringComparison.Ordinal));
            if (place is null || expression.Length == place.Length)
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {expression}");
            }

            if (!names.Add(expression[place.Length..]))
            {
                throw RestFaults.BadRequest("Parameter names must be unique across querystring, header and path");
            }
        }
    }
}
