using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Rest.Execute.Answers;
using Haneul.ApiGateway.Rest.Execute.Integrations;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Rest.Execute.Authorization;

/// <summary>Asks the authorizer of a method, and keeps what it says for the integration, for templates and for logs.</summary>
internal sealed class MethodAuthorizers(LambdaAuthorizers functions, CognitoAuthorizers pools)
{
    private const string NotAuthorized = "User is not authorized to access this resource";

    /// <returns>Null when the request may pass.</returns>
    public async ValueTask<GatewayFault?> AuthorizeAsync(RestCall call, HttpContext http, CancellationToken cancel)
    {
        if (call.Site.Snapshot.Authorizers.FirstOrDefault(authorizer => authorizer.Id == call.Method.AuthorizerId) is not { } authorizer)
        {
            return GatewayFault.AuthorizerConfiguration;
        }

        call.Log?.Info($"Starting authorizer: {authorizer.Id} for request: {call.RequestId}");
        var verdict = await AskAsync(authorizer, call.Method.AuthorizationScopes ?? [], Describe(call, MethodAuthorization.Anonymous(call, http)), cancel);
        Keep(call, verdict);
        if (verdict.IsAllowed)
        {
            call.Log?.Info("Successfully completed authorizer execution");
            return null;
        }

        call.Context["authorizer.error"] = verdict.Reason;
        call.Log?.Error($"Execution failed due to authorizer: {verdict.Reason}");
        return verdict.Decision switch
        {
            AuthorizerDecision.Unauthorized => GatewayFault.Unauthorized,
            AuthorizerDecision.Denied => GatewayFault.AccessDenied(verdict.ExplicitDeny ? NotAuthorized + " with an explicit deny" : NotAuthorized),
            AuthorizerDecision.Misconfigured => GatewayFault.AuthorizerConfiguration,
            _ => GatewayFault.AuthorizerFailure,
        };
    }

    public ValueTask<AuthorizerVerdict> AskAsync(Authorizer authorizer, IReadOnlyList<string> scopes, AuthorizerCall call, CancellationToken cancel)
    {
        if (authorizer.Type == "COGNITO_USER_POOLS")
        {
            var source = IdentitySource.Parse(authorizer.IdentitySource ?? "") ?? new IdentitySource(IdentityPlace.Header, "Authorization");
            return pools.AuthorizeAsync(
                new CognitoAuthorizer(authorizer.Id!, source, authorizer.ProviderARNs ?? [], authorizer.IdentityValidationExpression), scopes, call, cancel);
        }

        return functions.AuthorizeAsync(
            new LambdaAuthorizer
            {
                Id = authorizer.Id!,
                Event = authorizer.Type == "TOKEN" ? AuthorizerEvent.Token : AuthorizerEvent.Request,
                Uri = authorizer.AuthorizerUri ?? "",
                CredentialsArn = authorizer.AuthorizerCredentials is { Length: > 0 } role ? role : null,
                Sources = IdentitySource.ParseList(authorizer.IdentitySource),
                ValidationExpression = authorizer.IdentityValidationExpression,
                Ttl = authorizer.AuthorizerResultTtlInSeconds is { } ttl ? TimeSpan.FromSeconds(ttl) : LambdaAuthorizer.DefaultTtl,
                Timeout = TimeSpan.FromSeconds(29),
            },
            call,
            cancel);
    }

    /// <param name="call">The request.</param>
    /// <param name="context">Where it came from.</param>
    public static AuthorizerCall Describe(RestCall call, CallContext context) => new()
    {
        ApiId = call.ApiId,
        Account = call.Account,
        Region = call.Region,
        Stage = call.Stage.StageName!,
        MethodArn = call.MethodArn,
        RequestId = call.RequestId,
        Time = call.Time,
        Headers = call.Headers,
        Query = call.Query,
        StageVariables = call.StageVariables,
        Context = name => call.Context[name],
        WriteRequest = json => WriteRequest(json, call),
        SourceIp = context.SourceIp,
        UserAgent = call.Header("User-Agent"),
        SecureTransport = context.SecureTransport,
        Endpoint = context.Endpoint,
    };

    private static void WriteRequest(Utf8JsonWriter json, RestCall call)
    {
        json.WriteString("resource", call.Resource.Path);
        json.WriteString("path", call.Path);
        json.WriteString("httpMethod", call.HttpMethod);
        ProxyEvent.WriteRequest(json, call);
        json.WriteStartObject("requestContext");
        ProxyEvent.WriteContext(json, call);
        json.WriteEndObject();
    }

    private static void Keep(RestCall call, AuthorizerVerdict verdict)
    {
        call.UsageIdentifierKey = verdict.UsageIdentifierKey;
        if (verdict.Latency is { } latency)
        {
            call.Context["authorizer.latency"] = call.Context["authorizer.integrationLatency"] =
                latency.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        }

        if (!verdict.IsAllowed)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (verdict.Claims is { } claims)
            {
                json.WriteStartObject("claims");
                foreach (var (name, value) in claims)
                {
                    json.WriteString(name, value);
                    call.Context["authorizer.claims." + name] = value;
                }

                json.WriteEndObject();
            }
            else
            {
                json.WriteString("principalId", verdict.PrincipalId);
                call.Context["authorizer.principalId"] = verdict.PrincipalId;
                json.WriteNumber("integrationLatency", (long)(verdict.Latency ?? TimeSpan.Zero).TotalMilliseconds);
                foreach (var (name, value) in verdict.Context ?? [])
                {
                    json.WriteString(name, AuthorizerVerdict.Text(value));
                    call.Context["authorizer." + name] = AuthorizerVerdict.Text(value);
                }
            }

            json.WriteEndObject();
        }

        call.AuthorizerJson = Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
