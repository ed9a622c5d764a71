using Haneul.ApiGateway.Authorizers;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.Http;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>Lets requests to routes in, or answers that it does not.</summary>
internal sealed class RouteAuthorization(LambdaAuthorizers lambda, JwtAuthorizers jwt, ISiteCallers callers)
{
    private const string Invoke = "execute-api:Invoke";

    /// <summary>Asks the route's authorizer.</summary>
    /// <returns>False when the request has been answered.</returns>
    public async Task<bool> AskAuthorizerAsync(HttpExchange exchange, Func<string, string?> context)
    {
        if (exchange.Route!.Route.AuthorizationType is not (AuthorizationType.Custom or AuthorizationType.Jwt))
        {
            return true;
        }

        if (exchange.Route.Authorizer is not { } authorizer)
        {
            await exchange.FailAsync(500, "Internal Server Error");
            return false;
        }

        var call = Describe(exchange, authorizer, context);
        var cancel = exchange.Http.RequestAborted;
        var verdict = authorizer.AuthorizerType == AuthorizerType.Jwt
            ? await jwt.AuthorizeAsync(AuthorizerRules.ToJwt(authorizer), exchange.Route.Route.AuthorizationScopes ?? [], call, cancel)
            : await lambda.AuthorizeAsync(AuthorizerRules.ToLambda(authorizer, ProtocolType.Http), call, cancel);
        exchange.Verdict = verdict;
        exchange.Call = exchange.Call! with { Verdict = verdict };
        if (verdict.IsAllowed)
        {
            return true;
        }

        if (verdict.Challenge is { } challenge)
        {
            exchange.Http.Response.Headers.WWWAuthenticate = challenge;
        }

        await (verdict.Decision switch
        {
            AuthorizerDecision.Unauthorized => exchange.FailAsync(401, "Unauthorized"),
            AuthorizerDecision.Denied => exchange.FailAsync(403, "Forbidden"),
            _ => exchange.FailAsync(500, "Internal Server Error"),
        });
        return false;
    }

    /// <summary>Verifies the signature of a request to a route with AWS_IAM and asks the signer's policies.</summary>
    /// <returns>False when the request has been answered.</returns>
    public async Task<bool> AskPoliciesAsync(HttpExchange exchange)
    {
        if (exchange.Route!.Route.AuthorizationType != AuthorizationType.AwsIam)
        {
            return true;
        }

        var call = exchange.Call!;
        var cancel = exchange.Http.RequestAborted;
        var caller = await callers.AuthenticateAsync(exchange.Http, "execute-api", call.Body, exchange.RequestId, cancel);
        if (!caller.Succeeded || caller.Value.Principal.Kind == PrincipalKind.Anonymous
            || await callers.AuthorizeAsync(
                caller.Value, Invoke, call.MethodArn, new ResourceFacts(Policy: null, Account: call.Api.Account), keys: null, cancel) is not null)
        {
            await exchange.FailAsync(403, "Forbidden");
            return false;
        }

        exchange.Caller = caller.Value;
        exchange.Call = call with { Caller = caller.Value };
        return true;
    }

    private static AuthorizerCall Describe(HttpExchange exchange, Authorizer authorizer, Func<string, string?> context)
    {
        var call = exchange.Call!;
        return new AuthorizerCall
        {
            ApiId = call.Api.Api.ApiId!,
            Account = call.Api.Account,
            Region = call.Api.Region,
            Stage = call.Stage.StageName,
            MethodArn = call.MethodArn,
            RequestId = call.RequestId,
            Time = call.Time,
            Headers = call.Headers,
            Query = call.Query,
            StageVariables = call.Stage.StageVariables,
            Context = context,
            WriteRequest = json =>
            {
                if (authorizer.AuthorizerPayloadFormatVersion == "1.0")
                {
                    EventOne.WriteRequest(json, call);
                }
                else
                {
                    EventTwo.WriteRequest(json, call);
                }
            },
            SourceIp = exchange.Http.Connection.RemoteIpAddress,
            UserAgent = call.UserAgent,
            SecureTransport = exchange.Http.Request.IsHttps,
            Endpoint = call.Endpoint,
        };
    }
}
