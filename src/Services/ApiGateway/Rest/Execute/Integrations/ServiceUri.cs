namespace Haneul.ApiGateway.Rest.Execute.Integrations;

/// <summary>
/// The service and its operation that an integration's URI names: <c>arn:aws:apigateway:REGION:SERVICE:action/NAME</c> or
/// <c>...:SERVICE:path/PATH</c>, where the service may have a subdomain, as in <c>bucket.s3</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html"/>
/// </summary>
/// <param name="Region">Where it is called.</param>
/// <param name="Service">The endpoint's name.</param>
/// <param name="Action">The operation's name; null if the path says it.</param>
/// <param name="Path">Begins with a slash.</param>
/// <param name="Query">What stands behind the action or the path; percent-encoded.</param>
internal sealed record ServiceUri(string Region, string Service, string? Action, string Path, string Query)
{
    public static ServiceUri? Parse(string uri)
    {
        var parts = uri.Split(':', 6);
        if (parts is not ["arn", _, "apigateway", { Length: > 0 } region, { Length: > 0 } service, var target])
        {
            return null;
        }

        var slash = target.IndexOf('/', StringComparison.Ordinal);
        var rest = slash < 0 ? "" : target[(slash + 1)..];
        switch (slash < 0 ? "" : target[..slash])
        {
            case "action":
                var end = rest.IndexOfAny(['&', '?']);
                var action = end < 0 ? rest : rest[..end];
                return action.Length == 0 ? null : new ServiceUri(region, service, action, "/", end < 0 ? "" : rest[(end + 1)..]);
            case "path":
                var question = rest.IndexOf('?', StringComparison.Ordinal);
                var path = question < 0 ? rest : rest[..question];
                return new ServiceUri(region, service, null, "/" + path.TrimStart('/'), question < 0 ? "" : rest[(question + 1)..]);
            default:
                return null;
        }
    }
}
