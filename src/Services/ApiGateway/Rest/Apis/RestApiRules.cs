using System.Globalization;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Policy.Validation;

namespace Haneul.ApiGateway.Rest.Apis;

/// <summary>
/// What a REST API may be.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html"/>
/// </summary>
internal static class RestApiRules
{
    /// <summary>Bytes; responses of that size and more are compressed.</summary>
    private const int MostCompression = 10_485_760;

    private const int MostPolicy = 8192;

    /// <summary>The endpoint with what AWS fills in: EDGE over IPv4 if nothing is said; private APIs are dual-stack.</summary>
    public static EndpointConfiguration Endpoint(EndpointConfiguration? given)
    {
        var types = given?.Types ?? [EndpointType.Edge];
        if (types.Count == 0)
        {
            throw RestFaults.BadRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
        }

        if (types.Count > 1)
        {
            throw RestFaults.BadRequest("Cannot create an api with multiple Endpoint Types.");
        }

        var isPrivate = types[0] == EndpointType.Private;
        var address = given?.IpAddressType ?? (isPrivate ? IpAddressType.Dualstack : IpAddressType.Ipv4);
        if (isPrivate && address != IpAddressType.Dualstack)
        {
            throw RestFaults.BadRequest("Only dualstack ipAddressType is supported for Private APIs.");
        }

        if (!isPrivate && given?.VpcEndpointIds is { Count: > 0 })
        {
            throw RestFaults.BadRequest("Only PRIVATE APIs can have VPC Endpoint IDs.");
        }

        return new EndpointConfiguration
        {
            Types = types,
            IpAddressType = address,
            VpcEndpointIds = given?.VpcEndpointIds is { Count: > 0 } ids ? ids : null,
        };
    }

    public static string? Description(string? text) =>
        text is "" ? throw RestFaults.BadRequest("Description cannot be an empty string") : text;

    public static string Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? throw RestFaults.BadRequest("Name cannot be empty") : name;

    public static int Compression(int size) => size is >= 0 and <= MostCompression ? size : throw WrongCompression();

    /// <summary>Null where compression is turned off.</summary>
    public static int? Compression(string? text) => string.IsNullOrEmpty(text)
        ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size)
            ? Compression(size)
            : throw WrongCompression();

    public static string ApiKeySource(string? source) => source is ApiKeySourceType.Header or ApiKeySourceType.Authorizer
        ? source
        : throw RestFaults.BadRequest("Invalid API key source specified. Must be one of: [HEADER, AUTHORIZER]");

    /// <summary>A resource policy; null where it is taken away.</summary>
    public static string? Policy(string? policy)
    {
        if (string.IsNullOrWhiteSpace(policy))
        {
            return null;
        }

        if (policy.Length > MostPolicy)
        {
            throw RestFaults.BadRequest("The maximum policy length is 8192 bytes.");
        }

        return PolicyValidator.CheckResourcePolicy(Expand(policy, "arn:aws:execute-api:*:*:*/"), out var fault) is not null
            && fault != ResourcePolicyFault.Unbounded
            ? throw RestFaults.BadRequest("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
            : policy;
    }

    /// <summary>Writes resources such as <c>execute-api:/stage/GET/pets</c> out as ARNs of the API, as AWS does when it stores a policy.</summary>
    public static void ExpandPolicy(RestApi api, CallContext context) =>
        api.Policy = api.Policy is { } policy ? Expand(policy, $"arn:aws:execute-api:{context.Region}:{context.Account}:{api.Id}/") : null;

    private static string Expand(string policy, string arn) =>
        policy.Replace("\"execute-api:/", '"' + arn, StringComparison.Ordinal).Replace("\"execute-api:*", $"\"{arn}*", StringComparison.Ordinal);

    private static Kernel.Errors.ServiceException WrongCompression() =>
        RestFaults.BadRequest("Invalid minimum compression size, must be between 0 and 10485760");
}
