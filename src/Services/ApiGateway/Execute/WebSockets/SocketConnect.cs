using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Execute.Throttling;
using Haneul.Http;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute.WebSockets;

/// <summary>
/// Decides whether a connection may be opened: limits, required parameters, authorizer or signature, and the integration of <c>$connect</c>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html"/>
/// </summary>
internal sealed class SocketConnect(SocketRoutes routes, LambdaAuthorizers authorizers, ISiteCallers callers, Throttles throttles, SocketReports reports)
{
    private const string Key = "$connect";
    private const string Invoke = "execute-api:Invoke";

    // New connections in a second, of an account in a region.
    private const double ConnectRate = 500;

    /// <returns>The subprotocol that the function chose; an error status with its message where the connection may not be.</returns>
    public async Task<(int Status, string? Message, string? Subprotocol)> AskAsync(HttpContext http, SocketConnection connection, Stage stage, SocketSite site, SocketEvent e)
    {
        if (!throttles.TryTake(new ThrottleKey("connect", connection.Account, connection.Region), ConnectRate, ConnectRate)
            || !routes.TakeToken(connection, stage, Key))
        {
            return (429, "Too Many Requests", null);
        }

        if (site.Find(Key) is not { } route)
        {
            reports.Record(e, stage, 200, integration: null, reply: null);
            return (101, null, null);
        }

        if (MissesParameter(route.Route, e))
        {
            reports.Record(e, stage, 400, integration: null, reply: null);
            return (400, "Bad Request", null);
        }

        if (await RefuseAsync(http, connection, route, e) is var (status, message))
        {
            reports.Record(e, stage, status, integration: null, reply: null);
            return (status, message, null);
        }

        if (route.Integration is null)
        {
            reports.Record(e, stage, 200, integration: null, reply: null);
            return (101, null, null);
        }

        var reply = await routes.CallAsync(route, e, stage);
        return reply.Error is not null ? (reply.Status is 502 or 504 ? reply.Status : 500, "Internal server error", null)
            : reply.Status is >= 200 and < 300 ? (101, null, Subprotocol(http, reply))
            : (reply.Status is >= 400 ? reply.Status : 500, reply.Status switch { 401 => "Unauthorized", 403 => "Forbidden", _ => "Connection refused" }, null);
    }

    private async Task<(int Status, string Message)?> RefuseAsync(HttpContext http, SocketConnection connection, SocketRoute route, SocketEvent e)
    {
        switch (route.Route.AuthorizationType)
        {
            case AuthorizationType.Custom when route.Authorizer is { } authorizer:
                var verdict = await authorizers.AuthorizeAsync(
                    AuthorizerRules.ToLambda(authorizer, ProtocolType.Websocket), Describe(http, connection, e), http.RequestAborted);
                connection.Verdict = verdict;
                return verdict.Decision switch
                {
                    AuthorizerDecision.Allowed => null,
                    AuthorizerDecision.Unauthorized => (401, "Unauthorized"),
                    AuthorizerDecision.Denied => (403, "Forbidden"),
                    _ => (500, "Internal server error"),
                };
            case AuthorizationType.Custom:
                return (500, "Internal server error");
            case AuthorizationType.AwsIam:
                var caller = await callers.AuthenticateAsync(http, "execute-api", default, e.RequestId, http.RequestAborted);
                return caller.Succeeded && caller.Value.Principal.Kind != PrincipalKind.Anonymous
                    && await callers.AuthorizeAsync(
                        caller.Value, Invoke, e.Arn, new ResourceFacts(Policy: null, Account: connection.Account), keys: null, http.RequestAborted) is null
                    ? null
                    : (403, "Forbidden");
            default:
                return null;
        }
    }

    private static AuthorizerCall Describe(HttpContext http, SocketConnection connection, SocketEvent e)
    {
        var variables = e.Variables();
        return new AuthorizerCall
        {
            ApiId = connection.ApiId,
            Account = connection.Account,
            Region = connection.Region,
            Stage = connection.Stage,
            MethodArn = e.Arn,
            RequestId = e.RequestId,
            Time = e.Time,
            Headers = e.Headers,
            Query = e.Query,
            StageVariables = e.StageVariables,
            Context = name => variables[name],
            WriteRequest = e.WriteRequest,
            SourceIp = http.Connection.RemoteIpAddress,
            UserAgent = connection.UserAgent,
            SecureTransport = http.Request.IsHttps,
            Endpoint = connection.Endpoint,
        };
    }

    private static bool MissesParameter(Route route, SocketEvent e)
    {
        const string header = "route.request.header.";
        const string query = "route.request.querystring.";
        return route.RequestParameters?.Any(pair => pair.Value.Required == true && (pair.Key.StartsWith(header, StringComparison.Ordinal)
            ? !e.Headers.Any(found => found.Key.Equals(pair.Key[header.Length..], StringComparison.OrdinalIgnoreCase))
            : !e.Query.Any(found => found.Key == pair.Key[query.Length..]))) == true;
    }

    // Only one that the client has offered: it would end the connection over any other.
    private static string? Subprotocol(HttpContext http, SocketReply reply)
    {
        var chosen = reply.Headers.FirstOrDefault(pair => pair.Key.Equals("Sec-WebSocket-Protocol", StringComparison.OrdinalIgnoreCase)).Value;
        return chosen is not null && http.Request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(chosen)
            && HeaderRules.IsValid("Sec-WebSocket-Protocol", chosen) ? chosen : null;
    }
}
