using System.Text;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute.Authorizers;
using Haneul.ApiGateway.Rest.Execute.Authorization;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Execute.Testing;

/// <summary>
/// Asks an authorizer as it is being edited, without its cache, and tells what it said.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeAuthorizer.html"/>
/// </summary>
internal sealed class TestInvokeAuthorizer(RestTable apis, MethodAuthorizers authorizers, TestCalls calls, TimeProvider time)
    : IHandler<TestInvokeAuthorizerInput, TestInvokeAuthorizerOutput>
{
    public async ValueTask<Outcome<TestInvokeAuthorizerOutput>> HandleAsync(
        TestInvokeAuthorizerInput input, CallContext context, CancellationToken cancel)
    {
        var api = RestTable.Own(apis.Partition, input.RestApiId, context);
        var site = new RestSite(RestTable.Snapshot(apis.Partition, api));
        var authorizer = site.Snapshot.Authorizers.FirstOrDefault(one => one.Id == input.AuthorizerId)
            ?? throw RestFaults.NotFound("Invalid Authorizer identifier specified");
        var call = calls.Make(
            api, site, "GET", input.PathWithQueryString ?? "/", TestCalls.Headers(input.Headers, input.MultiValueHeaders), input.StageVariables, context);
        call.Body = Encoding.UTF8.GetBytes(input.Body ?? "");
        foreach (var (name, value) in input.AdditionalContext ?? new Dictionary<string, string>())
        {
            call.Context[name] = value;
        }

        RestCalls.Describe(call, new Resource { Id = "test-invoke-resource-id", Path = "/" }, new Method { HttpMethod = "GET" });
        var uncached = new Authorizer
        {
            Id = authorizer.Id,
            Type = authorizer.Type,
            ProviderARNs = authorizer.ProviderARNs,
            AuthorizerUri = authorizer.AuthorizerUri,
            AuthorizerCredentials = authorizer.AuthorizerCredentials,
            IdentitySource = authorizer.IdentitySource,
            IdentityValidationExpression = authorizer.IdentityValidationExpression,
            AuthorizerResultTtlInSeconds = 0,
        };
        call.Log!.Info($"Starting authorizer: {authorizer.Id} for request: {call.RequestId}");
        var verdict = await authorizers.AskAsync(uncached, [], MethodAuthorizers.Describe(call, context), cancel);
        call.Log.Info(verdict.Reason is null ? "Successfully completed authorizer execution" : $"Execution failed due to authorizer: {verdict.Reason}");
        return new TestInvokeAuthorizerOutput
        {
            // A policy that denies is a policy: the test asks whether the authorizer works.
            ClientStatus = verdict.Decision switch
            {
                AuthorizerDecision.Unauthorized => 401,
                AuthorizerDecision.Failed or AuthorizerDecision.Misconfigured => 500,
                _ => 200,
            },
            Log = TestCalls.Text(call),
            Latency = (long)time.GetElapsedTime(call.Started).TotalMilliseconds,
            PrincipalId = verdict.PrincipalId,
            Policy = verdict.Policy,
            Authorization = verdict.Context?.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[AuthorizerVerdict.Text(pair.Value)]),
            Claims = verdict.Claims?.GroupBy(claim => claim.Key).ToDictionary(claim => claim.Key, claim => claim.Last().Value),
        };
    }
}
