using System.Globalization;
using System.Text;
using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Execute.Routing;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Execute.Testing;

/// <summary>
/// Takes a request through a method as it is being edited, without authorization, throttles and caches, and tells what happened.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html"/>
/// </summary>
internal sealed class TestInvokeMethod(RestTable apis, RestPipeline pipeline, TestCalls calls, TimeProvider time)
    : IHandler<TestInvokeMethodInput, TestInvokeMethodOutput>
{
    public async ValueTask<Outcome<TestInvokeMethodOutput>> HandleAsync(TestInvokeMethodInput input, CallContext context, CancellationToken cancel)
    {
        var api = RestTable.Own(apis.Partition, input.RestApiId, context);
        var site = new RestSite(RestTable.Snapshot(apis.Partition, api));
        var resource = site.Snapshot.Resources.FirstOrDefault(one => one.Id == input.ResourceId) ?? throw RestFaults.NoResource();
        var method = resource.ResourceMethods?.GetValueOrDefault(input.HttpMethod) ?? resource.ResourceMethods?.GetValueOrDefault("ANY")
            ?? throw RestFaults.NoMethod();
        var call = calls.Make(
            api, site, input.HttpMethod, input.PathWithQueryString is { Length: > 0 } path ? path : resource.Path!,
            TestCalls.Headers(input.Headers, input.MultiValueHeaders), input.StageVariables, context);

        // A path that does not fit the resource has no variables, as on AWS.
        call.PathParameters = new ResourceTree([resource]).Match(input.HttpMethod, call.Path)?.Variables ?? [];
        RestCalls.Describe(call, resource, method);
        call.Body = Encoding.UTF8.GetBytes(input.Body ?? "");
        call.Caller = context;
        var outcome = await pipeline.ExecuteAsync(call, cancel);
        var answer = outcome.Answer ?? site.Responses.Render(outcome.Fault!, call);
        if (outcome.Answer is not null)
        {
            call.Log!.Info("Successfully completed execution");
        }

        call.Log!.Info("Method completed with status: " + answer.Status.ToString(CultureInfo.InvariantCulture));
        return new TestInvokeMethodOutput
        {
            Status = answer.Status,
            Body = Encoding.UTF8.GetString(answer.Body.Span),
            Headers = answer.Headers.GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Key, header => header.Last()),
            MultiValueHeaders = answer.Headers.GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)[.. header]),
            Log = TestCalls.Text(call),
            Latency = (long)time.GetElapsedTime(call.Started).TotalMilliseconds,
        };
    }
}
